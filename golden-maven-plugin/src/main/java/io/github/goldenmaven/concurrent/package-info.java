/** Work on other threads. */
@NullMarked
package io.github.goldenmaven.concurrent;

import org.jspecify.annotations.NullMarked;
