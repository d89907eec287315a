/** Packages a service onto its golden image: layers, config, manifest, push. */
@NullMarked
package io.github.goldenmaven.packaging;

import org.jspecify.annotations.NullMarked;
