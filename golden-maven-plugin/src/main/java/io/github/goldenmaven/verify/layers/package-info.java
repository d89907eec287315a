/** What a service's layers do to its golden image. */
@NullMarked
package io.github.goldenmaven.verify.layers;

import org.jspecify.annotations.NullMarked;
