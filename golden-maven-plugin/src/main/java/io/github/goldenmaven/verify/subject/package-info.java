/** One platform of an image with all that was found out about it: what rules look at. */
@NullMarked
package io.github.goldenmaven.verify.subject;

import org.jspecify.annotations.NullMarked;
