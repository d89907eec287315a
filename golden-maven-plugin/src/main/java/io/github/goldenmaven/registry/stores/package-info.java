/** Opens the store that a reference names. */
@NullMarked
package io.github.goldenmaven.registry.stores;

import org.jspecify.annotations.NullMarked;
