package io.github.goldenmaven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A comment says what it means, and not in which row of a table elsewhere that stands. */
class CommentsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** A comment that begins with the number of an attack, such as a letter, 20 and a colon. */
  private static final Pattern ROW =
      Pattern.compile("^\\s*(//|/\\*\\*?|\\*) *[A-K][0-9]{1,2}(, [A-K][0-9]{1,2})*([.:]| of the )");

  @Test
  void nameNoRowOfATableElsewhere() throws IOException {
    List<String> found = new ArrayList<>();
    for (String module : List.of("jenkins-library/src", "golden-maven-plugin/src", "it")) {
      for (Path file : sources(ROOT.resolve(module))) {
        Files.readAllLines(file).stream()
            .filter(line -> ROW.matcher(line).find())
            .forEach(line -> found.add(file.getFileName() + ": " + line.strip()));
      }
    }
    assertThat(found).isEmpty();
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*[.](java|groovy)"))
          // Copies of scenarios that ran before.
          .filter(file -> !folder.relativize(file).startsWith("target"))
          .toList();
    }
  }
}
