package org.jenkinsci.plugins.workflow.steps;

/**
 * A step that a restart of the controller ended; takes the place of Jenkins' class of this name. It
 * is no {@code hudson.AbortException}.
 */
public final class SynchronousResumeNotSupportedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** The end of a step of this name. */
  public SynchronousResumeNotSupportedException(String step) {
    super("The Pipeline step `" + step + "` cannot be resumed after a controller restart.");
  }
}
