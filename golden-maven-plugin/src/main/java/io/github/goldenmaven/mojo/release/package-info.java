/**
 * Goals for those who release: {@code golden:verify}, {@code golden:promote}, {@code
 * golden:inspect}, {@code golden:attest}.
 */
@NullMarked
package io.github.goldenmaven.mojo.release;

import org.jspecify.annotations.NullMarked;
