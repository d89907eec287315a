/** One class per goal: turns Maven into one request, and one exception into another. */
@NullMarked
package io.github.goldenmaven.mojo;

import org.jspecify.annotations.NullMarked;
