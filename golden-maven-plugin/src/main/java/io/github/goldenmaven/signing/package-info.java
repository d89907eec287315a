/**
 * Keys, DSSE envelopes and Sigstore bundles: who signed, with what is in the JDK. Knows no image,
 * no statement's meaning and no network.
 */
@NullMarked
package io.github.goldenmaven.signing;

import org.jspecify.annotations.NullMarked;
