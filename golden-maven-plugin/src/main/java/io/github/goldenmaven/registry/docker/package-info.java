/**
 * Images in a Docker Engine. The only room that knows docker-java; its classes are loaded only when
 * a reference says {@code docker-daemon:}.
 */
@NullMarked
package io.github.goldenmaven.registry.docker;

import org.jspecify.annotations.NullMarked;
