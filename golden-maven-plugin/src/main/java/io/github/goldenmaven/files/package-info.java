/** Files of this machine and patterns of their names, the same in every locale. */
@NullMarked
package io.github.goldenmaven.files;

import org.jspecify.annotations.NullMarked;
