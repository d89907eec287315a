package io.github.goldenmaven.jenkins;

/**
 * What the people answer who see an {@code input} step.
 *
 * @param kind whether they proceed
 * @param submitter who answers; empty where nobody does
 */
public record Approval(Kind kind, String submitter) {

  /** The answers there are. */
  public enum Kind {
    /** Somebody presses the button that goes on. */
    PROCEED,
    /** Somebody presses the other one: the build ends with {@code ABORTED}. */
    ABORT,
    /** Nobody does anything, so a {@code timeout} around the step ends it. */
    NONE
  }

  /** Somebody proceeds. */
  public static Approval approvedBy(String submitter) {
    return new Approval(Kind.PROCEED, submitter);
  }

  /** Somebody aborts. */
  public static Approval rejectedBy(String submitter) {
    return new Approval(Kind.ABORT, submitter);
  }

  /** Nobody answers, until the {@code timeout} around it ends. */
  public static Approval timedOut() {
    return new Approval(Kind.NONE, "");
  }
}
