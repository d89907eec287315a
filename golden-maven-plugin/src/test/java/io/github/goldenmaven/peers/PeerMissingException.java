package io.github.goldenmaven.peers;

/** A program that a test runs against is not on this machine, and cannot be brought here. */
public final class PeerMissingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PeerMissingException(String reason) {
    super(reason);
  }
}
