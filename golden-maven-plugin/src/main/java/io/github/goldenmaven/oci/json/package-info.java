/** Strict JSON: what every reader of it agrees on. */
@NullMarked
package io.github.goldenmaven.oci.json;

import org.jspecify.annotations.NullMarked;
