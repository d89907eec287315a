/**
 * Layers by jib-maven-plugin's classes, for projects that need what only jib knows. This room is
 * loaded with jib, by the first build that needs it.
 */
@NullMarked
package io.github.goldenmaven.packaging.jib;

import org.jspecify.annotations.NullMarked;
