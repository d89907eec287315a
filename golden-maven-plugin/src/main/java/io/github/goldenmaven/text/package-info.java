/** Foreign text made safe to show, and text for people. */
@NullMarked
package io.github.goldenmaven.text;

import org.jspecify.annotations.NullMarked;
