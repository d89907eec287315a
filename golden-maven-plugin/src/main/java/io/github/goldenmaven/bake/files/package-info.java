/** Files that golden.yaml adds: from this machine, from archives, from Maven. */
@NullMarked
package io.github.goldenmaven.bake.files;

import org.jspecify.annotations.NullMarked;
