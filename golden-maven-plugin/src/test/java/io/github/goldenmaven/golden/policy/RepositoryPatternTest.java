package io.github.goldenmaven.golden.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RegistryReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryPatternTest {

  @ParameterizedTest
  @CsvSource({
    "registry.company.example/golden/*, registry.company.example/golden/java:21",
    "registry.company.example/golden/*, registry.company.example/golden/team/java:21",
    "registry.company.example/*, registry.company.example/java",
    "registry.company.example/golden/java, registry.company.example/golden/java:17",
    "registry.company.example/golden-*/java, registry.company.example/golden-eu/java",
    "registry.company.example/golden-*/java, registry.company.example/golden-eu-1/java",
    "registry.company.example/*/golden/*, registry.company.example/eu/golden/java",
    "registry.company.example/golden/j*v*, registry.company.example/golden/java",
    "registry.company.example/golden/java*, registry.company.example/golden/java",
    "REGISTRY.company.example:5000/golden/*, registry.company.example:5000/golden/java",
    "localhost/golden/*, localhost/golden/java",
    "'[::1]:5000/golden/*', '[::1]:5000/golden/java'",
    "docker.io/library/*, eclipse-temurin:21-jre",
    "index.docker.io/library/*, eclipse-temurin:21-jre",
  })
  void allows(String pattern, String reference) {
    assertThat(RepositoryPattern.parse(pattern).matches(reference(reference))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "registry.company.example/golden/*, registry.company.example/golden",
    "registry.company.example/golden/*, registry.company.example/golden-evil/java",
    "registry.company.example/golden/*, registry.company.example/apps/golden/java",
    "registry.company.example/golden/*, evil.example/golden/java",
    "registry.company.example/golden/*, registry.company.example:5000/golden/java",
    "registry.company.example/golden/*, registry.company.example.evil.example/golden/java",
    "registry.company.example/golden/java, registry.company.example/golden/java/evil",
    "registry.company.example/golden-*/java, registry.company.example/golden-eu/evil/java",
    "registry.company.example/golden/*a, registry.company.example/golden/ab",
    "registry.company.example/*/golden/*, registry.company.example/golden/java",
    "registry.company.example/golden/java*, registry.company.example/golden/java/evil",
  })
  void allowsNot(String pattern, String reference) {
    assertThat(RepositoryPattern.parse(pattern).matches(reference(reference))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "golden/*",
        "*/golden",
        "registry.*/golden/x",
        "*.company.example/golden",
        "registry.company.example",
        "registry.company.example/",
        "registry.company.example/golden//x",
        "registry.company.example/golden/java:21",
        "registry.company.example/Golden/*",
        "https://registry.company.example/golden/*",
        "kim:secret@registry.company.example/golden/*",
        "",
      })
  void refusesWhatIsNoPattern(String text) {
    assertThatThrownBy(() -> RepositoryPattern.parse(text))
        .hasMessage(
            "'"
                + text
                + "' is not a repository pattern. Write a registry's host and a lower-case path,"
                + " where '*' stands for anything, like 'registry.company.example/golden/*'; no"
                + " tag.");
  }

  @Test
  void takesNoTimeForManyStars() {
    RepositoryPattern pattern =
        RepositoryPattern.parse("registry.company.example/" + "*a".repeat(100) + "b");

    assertThat(
            assertTimeout(
                Duration.ofSeconds(1),
                () -> pattern.matches(reference("registry.company.example/" + "a".repeat(255)))))
        .isFalse();
  }

  private static RegistryReference reference(String text) {
    return (RegistryReference) ImageReference.parse(text);
  }
}
