package io.github.goldenmaven;

/** What a reference leads to is an artifact of another kind: a chart, a signature, a policy. */
public final class NoImageException extends RefusedException {

  private static final long serialVersionUID = 1L;

  public NoImageException(String problem, String remedy) {
    super(problem, remedy);
  }
}
