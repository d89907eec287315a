/**
 * Real parts for tests: a registry, a Docker Engine, base images with a real JVM. Usable without
 * JUnit, by the scenarios in {@code it/} and by the benchmark as well.
 */
@NullMarked
package io.github.goldenmaven.peers;

import org.jspecify.annotations.NullMarked;
