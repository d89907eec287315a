/** How a service runs: the settings of {@code <container>}, parsed and checked. */
@NullMarked
package io.github.goldenmaven.packaging.container;

import org.jspecify.annotations.NullMarked;
