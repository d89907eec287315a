package io.github.goldenmaven.jenkins;

/**
 * The answer to an {@code input} step.
 *
 * @param kind whether somebody proceeds
 * @param submitter who answers; empty if nobody does
 */
public record Approval(Kind kind, String submitter) {

  /** The possible answers. */
  public enum Kind {
    /** Somebody proceeds. */
    PROCEED,
    /** Somebody aborts: the build ends with {@code ABORTED}. */
    ABORT,
    /** Nobody answers, so a {@code timeout} around the step ends it. */
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
