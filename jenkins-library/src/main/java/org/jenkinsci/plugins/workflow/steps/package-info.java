/** The exception of Jenkins' steps that pipelines name in a {@code catch}. */
@NullMarked
package org.jenkinsci.plugins.workflow.steps;

import org.jspecify.annotations.NullMarked;
