/** Layers as tar and their compression, read strictly and written the same each time. */
@NullMarked
package io.github.goldenmaven.oci.layer;

import org.jspecify.annotations.NullMarked;
