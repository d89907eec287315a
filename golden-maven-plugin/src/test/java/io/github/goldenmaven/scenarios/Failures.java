package io.github.goldenmaven.scenarios;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** What Maven told a user about goals of ours that failed. */
public final class Failures {

  private static final Pattern FAILURE =
      Pattern.compile(
          "^\\[ERROR] Failed to execute goal"
              + " io\\.github\\.goldenmaven:golden-maven-plugin:[^:]+:[a-z-]+ \\([^)]*\\) on"
              + " project [^ ]+: (.*?) -> \\[Help [0-9]+]$",
          Pattern.MULTILINE | Pattern.DOTALL);

  private Failures() {}

  /** The messages in a build's log, each whole, in their order. */
  public static List<String> of(File log) throws IOException {
    return FAILURE
        .matcher(Files.readString(log.toPath()))
        .results()
        .map(failure -> failure.group(1))
        .toList();
  }
}
