package io.github.goldenmaven.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsPeer({"docker", "dockerd", "ip"})
class DockerEngineTest {

  @TempDir Path folder;

  @Test
  void runsAContainerAndKeepsItsImagesWhenKilled() throws Exception {
    try (DockerEngine engine = DockerEngine.start()) {
      engine.docker("import", "--change", "CMD [\"/tini\", \"--version\"]", tini(), "tini:1");
      assertThat(engine.docker("run", "--rm", "tini:1")).startsWith("tini version");
      engine.kill();
      assertThatThrownBy(() -> engine.docker("images"))
          .isInstanceOf(CommandFailedException.class)
          .hasMessageContaining("Cannot connect to the Docker daemon");
      engine.restart();
      assertThat(engine.docker("run", "--rm", "tini:1")).startsWith("tini version");
    }
  }

  @Test
  void leavesNothingBehindWhenItsJvmsProcessGroupIsKilled() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Machine.find("setsid").orElseThrow().toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DockerEngine.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8)) {
      String socket = output.readLine().substring("unix://".length());
      Path left = Path.of(socket.substring(0, socket.lastIndexOf('/')));
      String bridge = Files.readString(left.resolve("bridge"));
      assertThat(bridges()).contains(bridge);
      // As a terminal or a CI runner would: the JVM and whatever is in its process group.
      Command.of("/bin/sh", "-c", "kill -KILL -" + jvm.pid()).run();
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (Files.exists(left) && System.nanoTime() < deadline) {
        Keeper.pause(Duration.ofMillis(50));
      }
      assertThat(left).doesNotExist();
      assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(left.toString());
      assertThat(bridges()).doesNotContain(bridge);
    }
  }

  /** Docker's own init is the one static program that is wherever Docker is. */
  private String tini() {
    Path archive = folder.resolve("tini.tar");
    Command.of(
            "tar", "-C", "/usr/bin", "--dereference", "--transform", "s/docker-init/tini/", "-cf")
        .with(archive.toString(), "docker-init")
        .run();
    return archive.toString();
  }

  private static String bridges() {
    return Command.of(Machine.require("ip").toString(), "-o", "link", "show", "type", "bridge")
        .run();
  }
}
