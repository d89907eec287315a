package io.github.goldenmaven.jenkins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The script of a pipeline job.
 *
 * @param name what violations call it, for example {@code Jenkinsfile}
 * @param text its Groovy source
 */
public record Jenkinsfile(String name, String text) {

  /** A script from its text. */
  public static Jenkinsfile of(String text) {
    return new Jenkinsfile("Jenkinsfile", text);
  }

  /**
   * A script from a UTF-8 file.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static Jenkinsfile read(Path file) {
    try {
      return new Jenkinsfile(file.getFileName().toString(), Files.readString(file));
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot read '" + file + "'", failed);
    }
  }
}
