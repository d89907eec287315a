package io.github.goldenmaven.files;

import io.github.goldenmaven.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a user or a checkout names: whoever opens a pipe waits for it, maybe for ever. */
public final class RegularFile {

  private RegularFile() {}

  /**
   * Refuses what is there and is no file: a pipe, a device, a folder. What is not there is left to
   * whoever opens it.
   *
   * @param remedy what to name instead, and where
   */
  public static void require(Path file, String remedy) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new RefusedException("'" + file + "' is not a regular file.", remedy);
    }
  }
}
