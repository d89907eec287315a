package io.github.goldenmaven.jenkins.program;

import org.jspecify.annotations.Nullable;

/** Code that the interpreter cannot follow: Jenkins only logs it and goes on wrongly. */
public final class BrokenProgramException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable StackTraceElement place;

  BrokenProgramException(String message) {
    this(message, null);
  }

  private BrokenProgramException(String message, @Nullable StackTraceElement place) {
    super(message);
    this.place = place;
  }

  BrokenProgramException at(@Nullable StackTraceElement where) {
    return new BrokenProgramException(String.valueOf(getMessage()), where);
  }

  /** Where it stands; null if nothing tells. */
  public @Nullable StackTraceElement place() {
    return place;
  }
}
