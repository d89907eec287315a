package io.github.goldenmaven.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.peers.PeerMissingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@Isolated("sets what the whole JVM shares")
class SharedServersTest {

  @TempDir private Path folder;

  @Test
  @ResourceLock(Resources.SYSTEM_OUT)
  void withoutAPeerTheScenariosAreLeftOutAndNamed() throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = System.out;
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(SharedServers.started(folder, SharedServersTest::withoutDocker, false)).isEmpty();
    } finally {
      System.setOut(out);
    }

    assertThat(said.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(
            "[peers] Not run on this machine: the scenarios in it/, because 'dockerd' is not"
                + " installed.\n");
    Properties told = new Properties();
    try (var in = Files.newBufferedReader(folder.resolve("peers.properties"))) {
      told.load(in);
    }
    assertThat(told).containsOnlyKeys("scenarios.skip").containsValue("true");
  }

  @Test
  void inContinuousIntegrationAMissingPeerIsAFailure() {
    assertThatThrownBy(() -> SharedServers.started(folder, SharedServersTest::withoutDocker, true))
        .isInstanceOf(PeerMissingException.class)
        .hasMessage("'dockerd' is not installed.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anyOtherFaultIsAFailureEverywhere() {
    assertThatThrownBy(
            () ->
                SharedServers.started(
                    folder,
                    peers -> {
                      throw new IOException("No space left on device");
                    },
                    false))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    assertThat(folder).isEmptyDirectory();
  }

  private static Peers withoutDocker(Path folder) {
    throw new PeerMissingException("'dockerd' is not installed.");
  }
}
