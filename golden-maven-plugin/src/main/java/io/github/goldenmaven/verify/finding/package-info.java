/** What is demanded of an image, and what does not meet it. */
@NullMarked
package io.github.goldenmaven.verify.finding;

import org.jspecify.annotations.NullMarked;
