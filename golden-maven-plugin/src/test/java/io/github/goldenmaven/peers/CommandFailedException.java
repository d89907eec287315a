package io.github.goldenmaven.peers;

/** A command ended with another exit code than zero, or not in time. */
public final class CommandFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CommandFailedException(String message) {
    super(message);
  }
}
