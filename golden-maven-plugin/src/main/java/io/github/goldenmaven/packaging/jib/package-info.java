/**
 * Reads Maven projects and layers them, by jib-maven-plugin's classes where a project needs what
 * only jib knows. Classes that import jib are {@code Jib*}: the rest is used without loading it.
 */
@NullMarked
package io.github.goldenmaven.packaging.jib;

import org.jspecify.annotations.NullMarked;
