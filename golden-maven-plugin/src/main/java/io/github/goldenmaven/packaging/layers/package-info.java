/** What a service is made of: its files, layer by layer, and the class that starts it. */
@NullMarked
package io.github.goldenmaven.packaging.layers;

import org.jspecify.annotations.NullMarked;
