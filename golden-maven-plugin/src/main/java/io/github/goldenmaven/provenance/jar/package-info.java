/** What a jar tells of itself without being unpacked, whoever made it. */
@NullMarked
package io.github.goldenmaven.provenance.jar;

import org.jspecify.annotations.NullMarked;
