/** {@code golden:bake}: the bake, its plan, and what it writes. */
@NullMarked
package io.github.goldenmaven.bake;

import org.jspecify.annotations.NullMarked;
