package io.github.goldenmaven.jenkins.controller;

import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.SynchronousResumeNotSupportedException;

/** How a step fails whose agent was removed or whose controller was restarted. */
final class InfrastructureFailures {

  private static final String AGENT = "Agent was removed: ";

  private InfrastructureFailures() {}

  static Exception agent(String name) {
    return new FlowInterruptedException("ABORTED", AGENT + name);
  }

  static Exception controller(String step) {
    return new SynchronousResumeNotSupportedException(step);
  }

  static boolean ofAgent(Throwable failure) {
    return String.valueOf(failure.getMessage()).startsWith(AGENT);
  }

  static boolean ofController(Throwable failure) {
    return failure instanceof SynchronousResumeNotSupportedException;
  }
}
