/** Copies an image that was checked, with all that refers to it, to where releases are. */
@NullMarked
package io.github.goldenmaven.promote;

import org.jspecify.annotations.NullMarked;
