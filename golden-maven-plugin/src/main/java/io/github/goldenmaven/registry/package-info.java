/**
 * Where images live: a registry over HTTP, an OCI layout folder, a Docker Engine, behind one
 * interface.
 */
@NullMarked
package io.github.goldenmaven.registry;

import org.jspecify.annotations.NullMarked;
