/** Runs a Jenkinsfile off Jenkins; the engine itself is loaded when the goal needs it. */
@NullMarked
package io.github.goldenmaven.simulate;

import org.jspecify.annotations.NullMarked;
