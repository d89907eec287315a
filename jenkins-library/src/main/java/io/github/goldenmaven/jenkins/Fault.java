package io.github.goldenmaven.jenkins;

/**
 * A fault that is injected at one step of a build.
 *
 * @param kind what happens
 * @param step the number of the step that it happens to, from 1
 */
public record Fault(Kind kind, int step) {

  /** The faults there are. */
  public enum Kind {
    /** The step fails with an {@code AbortException}. */
    FAILURE,
    /** Somebody aborts the build: the step is interrupted. */
    ABORT,
    /** The controller is restarted while the step runs. */
    CONTROLLER_RESTART,
    /** The agent is removed while the step runs on it. */
    AGENT_LOST
  }

  /** A step that fails. */
  public static Fault failure(int step) {
    return new Fault(Kind.FAILURE, step);
  }

  /** A build that is aborted. */
  public static Fault abort(int step) {
    return new Fault(Kind.ABORT, step);
  }

  /** A controller that restarts. */
  public static Fault controllerRestart(int step) {
    return new Fault(Kind.CONTROLLER_RESTART, step);
  }

  /** An agent that is removed. A step outside of {@code node} is not affected. */
  public static Fault agentLost(int step) {
    return new Fault(Kind.AGENT_LOST, step);
  }
}
