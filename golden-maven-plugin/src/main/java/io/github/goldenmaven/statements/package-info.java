/** What is said about an image and signed: in-toto statements, and how they hang on the image. */
@NullMarked
package io.github.goldenmaven.statements;

import org.jspecify.annotations.NullMarked;
