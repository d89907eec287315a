/** Demands on the config and the files of an image. */
@NullMarked
package io.github.goldenmaven.verify.rules.image;

import org.jspecify.annotations.NullMarked;
