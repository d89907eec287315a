package io.github.goldenmaven.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A JDK of another feature version than the one that runs the scenarios. */
public final class OtherJdk {

  private static final Path DEBIANS = Path.of("/usr/lib/jvm");

  private OtherJdk() {}

  /** Looks where Debian keeps JDKs, and in variables like {@code JAVA_HOME_21_X64}. */
  public static Optional<Path> find() throws IOException {
    Stream<Path> named =
        System.getenv().entrySet().stream()
            .filter(variable -> variable.getKey().startsWith("JAVA_HOME_"))
            .map(Map.Entry::getValue)
            .map(Path::of);
    try (Stream<Path> installed =
        Files.isDirectory(DEBIANS) ? Files.list(DEBIANS) : Stream.<Path>empty()) {
      return Stream.concat(named, installed)
          .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
          .filter(home -> feature(home) > Runtime.version().feature())
          .max(java.util.Comparator.comparing(OtherJdk::feature));
    }
  }

  private static int feature(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> Runtime.Version.parse(line.replaceAll("[^=]*=|\"", "")).feature())
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
