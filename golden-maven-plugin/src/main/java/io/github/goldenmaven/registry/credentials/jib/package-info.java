/** Asks jib's classes for credentials. This room is loaded with jib, when a registry asks. */
@NullMarked
package io.github.goldenmaven.registry.credentials.jib;

import org.jspecify.annotations.NullMarked;
