package io.github.goldenmaven.jenkins.controller;

import hudson.AbortException;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The failures of a step that lost what it ran on. */
final class Losses {

  private static final String AGENT = "Agent was removed: ";
  private static final String CONTROLLER =
      "Resume after a restart not supported for non-blocking synchronous steps: ";

  private Losses() {}

  static Exception agent(String name) {
    return new FlowInterruptedException("ABORTED", AGENT + name);
  }

  static Exception controller(String step) {
    return new AbortException(CONTROLLER + step);
  }

  static boolean ofAgent(Throwable failure) {
    return String.valueOf(failure.getMessage()).startsWith(AGENT);
  }

  static boolean ofController(Throwable failure) {
    return String.valueOf(failure.getMessage()).startsWith(CONTROLLER);
  }
}
