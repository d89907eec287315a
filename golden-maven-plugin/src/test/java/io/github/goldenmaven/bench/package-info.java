/** The benchmark: the same service built by jib-maven-plugin and by us, in the same run. */
@NullMarked
package io.github.goldenmaven.bench;

import org.jspecify.annotations.NullMarked;
