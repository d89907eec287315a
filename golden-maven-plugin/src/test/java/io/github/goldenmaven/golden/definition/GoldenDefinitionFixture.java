package io.github.goldenmaven.golden.definition;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of this subject share. */
abstract class GoldenDefinitionFixture {
  @TempDir Path folder;

  static final String LEAST =
      """
      name: java
      version: "21.0.9"
      line: "21"
      from: docker.io/library/eclipse-temurin:21-jre
      to: registry.company.example/golden/java
      """;

  Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("golden.yaml"), yaml);
  }

  void refuses(String yaml, String message) throws IOException {
    Path file = write(yaml);
    assertThatThrownBy(() -> GoldenDefinition.read(file))
        .isInstanceOf(RefusedException.class)
        .hasMessage(("In '%1$s', " + message).replace("%1$s", file.toString()))
        .message()
        .doesNotContain("secret");
  }

  /** Lines of several faults: place and problem, remedy, and so on. */
  void refusesAll(String yaml, String... lines) throws IOException {
    Path file = write(yaml);
    StringBuilder message =
        new StringBuilder("In '" + file + "' " + lines.length / 2 + " things are wrong:\n");
    for (int i = 0; i < lines.length; i += 2) {
      message.append("  golden.yaml:").append(lines[i]).append('\n');
      message.append("      ").append(lines[i + 1]).append('\n');
    }
    assertThatThrownBy(() -> GoldenDefinition.read(file))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message + "Correct them all, and run it again.")
        .message()
        .doesNotContain("secret");
  }
}
