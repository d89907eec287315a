package io.github.goldenmaven.jenkins;

/**
 * Something that goes wrong at one step of a build.
 *
 * @param kind what happens
 * @param step the number of the step that it happens to, from 1
 */
public record Disturbance(Kind kind, int step) {

  /** What may happen. */
  public enum Kind {
    /** The step fails with an {@code AbortException}. */
    FAULT,
    /** Somebody presses the button: the step is interrupted. */
    ABORT,
    /** The controller is restarted while the step is under way. */
    CONTROLLER_GONE,
    /** The agent is removed while the step is under way on it. */
    AGENT_LOST
  }

  /** A step that fails. */
  public static Disturbance fault(int step) {
    return new Disturbance(Kind.FAULT, step);
  }

  /** A build that is aborted. */
  public static Disturbance abort(int step) {
    return new Disturbance(Kind.ABORT, step);
  }

  /** A controller that restarts. */
  public static Disturbance controllerGone(int step) {
    return new Disturbance(Kind.CONTROLLER_GONE, step);
  }

  /** An agent that is gone; where the step runs on none, nothing happens. */
  public static Disturbance agentLost(int step) {
    return new Disturbance(Kind.AGENT_LOST, step);
  }
}
