/** Requests to registries on the wire: time limits, redirects, proxies, certificates. */
@NullMarked
package io.github.goldenmaven.registry.http;

import org.jspecify.annotations.NullMarked;
