/**
 * Images in a Docker Engine. The only room that knows docker-java; its classes are loaded only when
 * a reference says {@code docker-daemon:}, or golden.yaml has commands to run.
 */
@NullMarked
package io.github.goldenmaven.registry.docker;

import org.jspecify.annotations.NullMarked;
