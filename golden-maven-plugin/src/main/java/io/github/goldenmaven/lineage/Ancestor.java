package io.github.goldenmaven.lineage;

import org.jspecify.annotations.Nullable;

/**
 * One of an image's line: the official image, the golden image or the application, as far as the
 * labels tell. Foreign text, not yet escaped.
 *
 * @param nameOrNull fully qualified, with its tag
 * @param digestOrNull what the name resolved to
 * @param titleOrNull what people call it, {@code java 21.0.9, line 21}
 */
public record Ancestor(
    @Nullable String nameOrNull, @Nullable String digestOrNull, @Nullable String titleOrNull) {

  /** {@code name@digest}, or the one of them that is known; null where neither is. */
  public @Nullable String referenceOrNull() {
    if (nameOrNull == null || digestOrNull == null) {
      return nameOrNull == null ? digestOrNull : nameOrNull;
    }
    return nameOrNull + "@" + digestOrNull;
  }
}
