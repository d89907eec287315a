/** A registry that plays the habits of others, for whoever reads and writes images. */
@NullMarked
package io.github.goldenmaven.laboratory;

import org.jspecify.annotations.NullMarked;
