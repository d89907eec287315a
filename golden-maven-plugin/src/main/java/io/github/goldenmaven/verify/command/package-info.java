/** What a container of an image starts, word by word. */
@NullMarked
package io.github.goldenmaven.verify.command;

import org.jspecify.annotations.NullMarked;
