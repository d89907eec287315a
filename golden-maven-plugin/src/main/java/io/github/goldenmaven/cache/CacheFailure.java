package io.github.goldenmaven.cache;

import io.github.goldenmaven.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;

/** The one message for a cache folder that cannot be written: full, read-only, not a folder. */
public final class CacheFailure {

  private CacheFailure() {}

  public static UnavailableException of(Path folder, IOException cause) {
    return new UnavailableException(
        "The cache folder '" + folder + "' cannot be written: " + cause.getMessage() + ".",
        "Make room there, or name another folder in <cache> or -Dgolden.cache.",
        cause);
  }
}
