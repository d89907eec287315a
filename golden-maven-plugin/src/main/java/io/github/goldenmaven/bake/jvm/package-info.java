/** The JVMs of an image: where they are, their proxy, their agents, their options. */
@NullMarked
package io.github.goldenmaven.bake.jvm;

import org.jspecify.annotations.NullMarked;
