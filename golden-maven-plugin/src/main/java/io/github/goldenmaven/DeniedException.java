package io.github.goldenmaven;

/**
 * A store that may not be asked: credentials are missing or lack a right, or Maven is offline. Says
 * nothing of the image, good or bad.
 */
public final class DeniedException extends RefusedException {

  private static final long serialVersionUID = 1L;

  public DeniedException(String problem, String remedy) {
    super(problem, remedy);
  }
}
