package io.github.goldenmaven.golden.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of this subject share. */
abstract class GoldenPolicyFixture {
  @TempDir Path folder;

  void assertRefused(String yaml, String message) throws IOException {
    Path file = write(yaml);

    assertThatThrownBy(() -> GoldenPolicy.read(file))
        .isInstanceOf(RefusedException.class)
        .hasMessage("In '" + file + "', " + message);
  }

  Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("golden-policy.yaml"), yaml);
  }

  static RepositoryPattern pattern(String text) {
    return RepositoryPattern.parse(text);
  }
}
