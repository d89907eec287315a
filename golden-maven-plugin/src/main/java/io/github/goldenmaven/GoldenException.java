package io.github.goldenmaven;

import org.jspecify.annotations.Nullable;

/**
 * A goal that stopped, told in two sentences: the problem, naming the thing in quotes, and the
 * remedy, naming the parameter that cures it.
 */
public abstract sealed class GoldenException extends RuntimeException
    permits RefusedException, UnavailableException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String remedy;

  GoldenException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem + " " + remedy, cause);
    if (problem.isBlank() || remedy.isBlank()) {
      throw new IllegalArgumentException("A failure needs a problem and a remedy.");
    }
    this.problem = problem;
    this.remedy = remedy;
  }

  /** The problem and its remedy. */
  @Override
  public String getMessage() {
    return problem + " " + remedy;
  }

  /** What is wrong, as one sentence with its full stop. */
  public String problem() {
    return problem;
  }

  /** What the user can do about it, as one or more sentences. */
  public String remedy() {
    return remedy;
  }
}
