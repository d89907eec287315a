/** Turns an official image into a golden image, as golden.yaml declares it. */
@NullMarked
package io.github.goldenmaven.bake;

import org.jspecify.annotations.NullMarked;
