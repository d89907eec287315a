/** Reads an image's lineage (official, golden, application) and its seam. */
@NullMarked
package io.github.goldenmaven.lineage;

import org.jspecify.annotations.NullMarked;
