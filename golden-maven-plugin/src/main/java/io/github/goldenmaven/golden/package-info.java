/** What golden means: who may be a base, in which repository, for which line. */
@NullMarked
package io.github.goldenmaven.golden;

import org.jspecify.annotations.NullMarked;
