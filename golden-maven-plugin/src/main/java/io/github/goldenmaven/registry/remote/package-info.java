/** One registry and one of its repositories, by the OCI distribution specification. */
@NullMarked
package io.github.goldenmaven.registry.remote;

import org.jspecify.annotations.NullMarked;
