package io.github.goldenmaven;

import org.jspecify.annotations.Nullable;

/** The world is at fault: a registry that does not answer, a disk that is full. */
public final class UnavailableException extends GoldenException {

  private static final long serialVersionUID = 1L;

  public UnavailableException(String problem, String remedy) {
    super(problem, remedy, null);
  }

  public UnavailableException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
