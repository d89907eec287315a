/** The only room that imports the engine for pipelines. */
@NullMarked
package io.github.goldenmaven.simulate.jenkins;

import org.jspecify.annotations.NullMarked;
