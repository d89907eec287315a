/** Reads Maven projects and layers them; jib's classes are behind {@link LayeringByJib}. */
@NullMarked
package io.github.goldenmaven.packaging.maven;

import org.jspecify.annotations.NullMarked;
