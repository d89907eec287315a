package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.peers.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @TempDir Path folder;

  @Test
  void readsWhatWasTypedAndNothingElse() {
    Properties typed = new Properties();
    typed.setProperty("golden.image", "a,b");
    typed.setProperty("golden.policy", "policies/p.yaml");
    typed.setProperty("golden.overwrite", "true");
    typed.setProperty("golden.to", " ");
    CommandLine line = new CommandLine(typed, folder);

    assertThat(line.list("golden.image")).containsExactly("a", "b");
    assertThat(line.file("golden.policy")).isEqualTo(folder.resolve("policies/p.yaml").toFile());
    assertThat(line.says("golden.overwrite")).isTrue();
    assertThat(line.text("golden.to")).isNull();
    assertThat(line.list("golden.base")).isEmpty();
    assertThat(line.says("golden.dryRun")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Dgolden.policy=p.yaml",
        "-B\n-Dgolden.policy=p.yaml",
        "--define golden.policy=p.yaml",
        "-D\ngolden.policy=p.yaml",
        "# ours\n\"-Dgolden.policy=p.yaml\""
      })
  void refusesAProjectThatSpeaksForTheCommandLine(String config) throws IOException {
    Path file = config("maven.config", config);

    assertThatThrownBy(() -> CommandLine.requireNoneIn(folder))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "This is a release, and '"
                + file
                + "' sets 'golden.policy'. Remove it, and set it where the release is started, with"
                + " -Dgolden.policy: a project may not choose what it is checked against.");
  }

  @Test
  void refusesTheUserPropertiesOfMaven4Too() throws IOException {
    config("maven-user.properties", "golden.image = registry.example/good:1");

    assertThatThrownBy(() -> CommandLine.requireNoneIn(folder))
        .hasMessageContaining("maven-user.properties' sets 'golden.image'.");
  }

  @Test
  void letsAProjectSayWhatIsNotOfTheGate() throws IOException {
    config("maven.config", "# -Dgolden.policy=x\n-Dgolden.release\n-Drevision=1\n-T1C");

    assertThatCode(() -> CommandLine.requireNoneIn(folder)).doesNotThrowAnyException();
    assertThatCode(() -> CommandLine.requireNoneIn(folder.resolve("nowhere")))
        .doesNotThrowAnyException();
  }

  private Path config(String name, String text) throws IOException {
    Path file = folder.resolve(".mvn").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesAPipeAmongMavensOptions() throws IOException {
    Path pipe = Files.createDirectories(folder.resolve(".mvn")).resolve("maven.config");
    Command.of("mkfifo", pipe.toString()).run();

    assertThatThrownBy(() -> CommandLine.requireNoneIn(folder))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + pipe
                + "' is not a regular file. Keep a file of Maven's options there, or nothing.");
  }

  /** Maven 3.8 leaves it to where parameters are filled in. */
  @Test
  void whatHasAnExpressionIsMavensToWorkOut() {
    Properties given = new Properties();
    given.setProperty("golden.image", "${company.images}/orders:1");
    given.setProperty("golden.policy", "policy.yaml");
    CommandLine typed = new CommandLine(given, folder);

    assertThat(typed.isPlain("golden.image")).isFalse();
    assertThat(typed.isPlain("golden.policy")).isTrue();
    assertThat(typed.isPlain("golden.base")).isFalse();
  }
}
