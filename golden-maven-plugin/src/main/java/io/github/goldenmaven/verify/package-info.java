/** The release gate: holds images to labels, layers and policy, and says what it found. */
@NullMarked
package io.github.goldenmaven.verify;

import org.jspecify.annotations.NullMarked;
