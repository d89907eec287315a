package io.github.goldenmaven.jenkins.program;

/**
 * Code that cannot be run on: the interpreter cannot follow it, where Jenkins only logs that and
 * goes on wrongly, or it has no end.
 */
public final class BrokenProgramException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The message is the whole problem with its remedy. */
  public BrokenProgramException(String message) {
    super(message);
  }
}
