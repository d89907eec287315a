/**
 * Values of the OCI image specification, the strict JSON reader, and layers as deterministic tar.
 * No network.
 */
@NullMarked
package io.github.goldenmaven.oci;

import org.jspecify.annotations.NullMarked;
