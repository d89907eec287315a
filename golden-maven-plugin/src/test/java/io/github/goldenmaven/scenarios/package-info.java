/** What the scenarios in {@code it/} ask of the world around a build, and read of its images. */
@NullMarked
package io.github.goldenmaven.scenarios;

import org.jspecify.annotations.NullMarked;
