package org.jenkinsci.plugins.workflow.steps;

/** A step that was interrupted; takes the place of Jenkins' class of this name. */
public final class FlowInterruptedException extends InterruptedException {

  private static final long serialVersionUID = 1L;

  private final String result;

  /**
   * An interruption.
   *
   * @param result the result that the build gets from it
   * @param cause who or what interrupted
   */
  public FlowInterruptedException(String result, String cause) {
    super(cause);
    this.result = result;
  }

  /** The result that the build gets from it. */
  public String getResult() {
    return result;
  }
}
