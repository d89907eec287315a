package hudson;

import java.io.IOException;

/**
 * A step's failure that tells a user what is wrong; takes the place of Jenkins' class of this name.
 */
public final class AbortException extends IOException {

  private static final long serialVersionUID = 1L;

  /** A failure with its message. */
  public AbortException(String message) {
    super(message);
  }
}
