/** Images in an OCI layout folder. */
@NullMarked
package io.github.goldenmaven.registry.layout;

import org.jspecify.annotations.NullMarked;
