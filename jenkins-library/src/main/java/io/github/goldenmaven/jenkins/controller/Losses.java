package io.github.goldenmaven.jenkins.controller;

import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.SynchronousResumeNotSupportedException;

/** The failures of a step that lost what it ran on. */
final class Losses {

  private static final String AGENT = "Agent was removed: ";

  private Losses() {}

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
