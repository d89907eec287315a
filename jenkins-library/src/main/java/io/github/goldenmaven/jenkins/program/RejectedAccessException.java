package io.github.goldenmaven.jenkins.program;

/** What the sandbox answers to a call that it does not permit. */
public final class RejectedAccessException extends SecurityException {

  private static final long serialVersionUID = 1L;

  RejectedAccessException(String message) {
    super(message);
  }
}
