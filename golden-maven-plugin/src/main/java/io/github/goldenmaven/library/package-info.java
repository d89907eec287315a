/** Libraries that not every build needs: fetched and loaded by the first that does. */
@NullMarked
package io.github.goldenmaven.library;

import org.jspecify.annotations.NullMarked;
