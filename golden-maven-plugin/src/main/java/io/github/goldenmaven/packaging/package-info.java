/** {@code golden:build}: a service on its golden image, from the base to the pushed tag. */
@NullMarked
package io.github.goldenmaven.packaging;

import org.jspecify.annotations.NullMarked;
