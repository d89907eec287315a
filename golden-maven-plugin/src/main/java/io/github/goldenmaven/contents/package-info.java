/** What a layer holds, and what the layers of an image make together. */
@NullMarked
package io.github.goldenmaven.contents;

import org.jspecify.annotations.NullMarked;
