package io.github.goldenmaven.registry.http;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
    return cause(fault, UnreachedException.class).map(unreached -> unreached.party).orElse(null);
  }

  /** The first of this kind among a fault and its causes. */
  public static <T> Optional<T> cause(Throwable fault, Class<T> kind) {
    return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst();
  }
}
