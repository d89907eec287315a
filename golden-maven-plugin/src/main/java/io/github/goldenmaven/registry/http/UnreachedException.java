package io.github.goldenmaven.registry.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No answer, or no whole one, and who it was that did not give it. */
public final class UnreachedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable Party party;

  public UnreachedException(Party party, IOException cause) {
    super(cause.getMessage(), cause);
    this.party = party;
  }

  /** Who was spoken to last before a fault; {@code null} where nobody is known. */
  public static @Nullable Party party(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnreachedException unreached) {
        return unreached.party;
      }
    }
    return null;
  }
}
