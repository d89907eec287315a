/** What a goal tells people while it works. */
@NullMarked
package io.github.goldenmaven.console;

import org.jspecify.annotations.NullMarked;
