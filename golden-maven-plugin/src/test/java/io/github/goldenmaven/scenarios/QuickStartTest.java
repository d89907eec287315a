package io.github.goldenmaven.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickStartTest {

  @TempDir private Path folder;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  @NeedsPeer("docker-registry")
  void theOfficialImageComesFromItsRegistryWhereThatCanBeReached() throws IOException {
    try (DockerRegistry registry = DockerRegistry.start()) {
      LayoutFolder tiny = TinyBase.writeTo(folder.resolve("tiny"));
      registry.push(tiny, TinyBase.TAG, "library/java", "17-jre");

      String reference = registry.host() + "/library/java:17-jre";
      start(reference);

      assertThat(said.toString(StandardCharsets.UTF_8))
          .contains("Official image: " + reference + ", of this machine's platform.")
          .doesNotContain("stand-in");
      assertThat(new LayoutFolder(folder.resolve("official")).manifest("17-jre"))
          .isEqualTo(tiny.manifest(TinyBase.TAG));
    }
  }

  @Test
  void aStandInIsMadeWhereTheRegistryCannotBeReachedAndSaysSo() throws IOException {
    start("localhost:1/library/java:17-jre");

    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("localhost:1/library/java:17-jre cannot be reached. A stand-in");
    assertThat(new LayoutFolder(folder.resolve("official")).manifest("17-jre").isIndex()).isFalse();
  }

  private void start(String reference) throws IOException {
    QuickStart.official(
        reference, folder.resolve("official"), new PrintStream(said, true, StandardCharsets.UTF_8));
  }
}
