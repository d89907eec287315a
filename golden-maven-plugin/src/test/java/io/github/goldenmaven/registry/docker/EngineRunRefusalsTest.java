package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.layout.LayoutStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsPeer({"docker", "dockerd", "ip"})
class EngineRunRefusalsTest extends EngineRunFixture {

  @Test
  void aFailingCommandShowsItsLastLinesAndTheRestDoesNotRun() {
    assertThatThrownBy(
            () ->
                run(
                    List.of(
                        "echo fine",
                        "for i in 1 2 3 4 5 6 7 8 9 0; do for j in 1 2 3 4 5; do echo $i$j; done;"
                            + " done; printf 'bad\\033[31m\\n"
                            + "'; exit 7",
                        "echo never"),
                    Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The command 'for i in 1 2 3 4 5 6 7 8 9 0; do for j in 1 2 3 4 5; do echo $i$j; done;"
                + " done; printf 'bad\\033[31m\\n"
                + "'; exit 7' of 'run' wrote:\n"
                + "  "
                + String.join("\n  ", lastLines())
                + "\n"
                + "  bad\\u001B[31m\n"
                + "and failed with exit code 7. Fix it in 'run' of golden.yaml: it runs as root,"
                + " with '/bin/sh -ec', on the official image.");
    assertThat(console.lines).contains("  fine", "  11").doesNotContain("  never");
  }

  private static List<String> lastLines() {
    List<String> lines = new ArrayList<>();
    for (int i : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0}) {
      for (int j = 1; j <= 5; j++) {
        lines.add("" + i + j);
      }
    }
    return lines.subList(11, 50);
  }

  @Test
  void stopsAtTheFirstPartOfACommandThatFails() {
    assertThatThrownBy(() -> run(List.of("false; echo never"), Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The command 'false; echo never' of 'run' wrote nothing and failed with exit code 1."
                + " Fix it in 'run' of golden.yaml: it runs as root, with '/bin/sh -ec', on the"
                + " official image.");
  }

  @Test
  void anImageWithoutAShellIsRefused() {
    LayoutFolder tiny = TinyBase.writeTo(folder.resolve("tiny"));

    assertThatThrownBy(() -> run(tiny, List.of("true"), Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The official image has no '/bin/sh', so that 'run' cannot run commands in it. Leave"
                + " 'run' out of golden.yaml, or name an official image with a shell in 'from'.");
  }

  @Test
  void anotherPlatformIsRefused() {
    LayoutFolder foreign =
        TinyBase.writeTo(folder.resolve("foreign"), new Platform("linux", "s390x", null));
    String here = engine.docker("version", "--format", "{{.Server.Os}}/{{.Server.Arch}}").strip();

    assertThatThrownBy(() -> run(foreign, List.of("true"), Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The commands of 'run' are to run on 'linux/s390x', but the Docker Engine at '"
                + engine.host()
                + "' runs '"
                + here
                + "'. Let DOCKER_HOST name an engine of that platform, or leave it out of"
                + " 'platforms' in golden.yaml.");
  }

  @Test
  void saysThatNoEngineIsThere() {
    LayoutFolder tiny = TinyBase.writeTo(folder.resolve("tiny"));
    Path socket = folder.resolve("none.sock");

    assertThatThrownBy(
            () ->
                EngineRun.run(
                    image(tiny),
                    new LayoutStore(tiny.path()),
                    List.of("true"),
                    Map.of(),
                    folder.resolve("out"),
                    Map.of("DOCKER_HOST", "unix://" + socket),
                    console))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The Docker Engine at 'unix://"
                + socket
                + "' does not answer: No such file or directory. 'run' of golden.yaml needs a"
                + " Docker Engine: start one, let DOCKER_HOST name one that runs, or leave 'run'"
                + " out.");
  }
}
