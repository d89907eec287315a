/** Writes layers once and puts them, with a stamp, on every platform of a base. */
@NullMarked
package io.github.goldenmaven.assembly;

import org.jspecify.annotations.NullMarked;
