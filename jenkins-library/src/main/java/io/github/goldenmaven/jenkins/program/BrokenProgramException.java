package io.github.goldenmaven.jenkins.program;

/** Code that the interpreter cannot follow: Jenkins only logs it and goes on wrongly. */
public final class BrokenProgramException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenProgramException(String message) {
    super(message);
  }
}
