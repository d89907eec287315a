/** The goal that runs a Jenkinsfile off Jenkins. */
@NullMarked
package io.github.goldenmaven.mojo.pipeline;

import org.jspecify.annotations.NullMarked;
