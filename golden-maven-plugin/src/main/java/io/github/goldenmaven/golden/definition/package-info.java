/** {@code golden.yaml}: what a golden image is made of. */
@NullMarked
package io.github.goldenmaven.golden.definition;

import org.jspecify.annotations.NullMarked;
