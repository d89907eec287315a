package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.docker.EngineStore;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole build, but for Maven, whose image and further tags go into a real Docker Engine. */
@NeedsPeer({"docker", "dockerd", "ip"})
class ImageBuildIntoAnEngineTest {

  private static final String IMAGE = "docker-daemon:docker.io/company/orders:";

  @TempDir Path folder;

  private static String id(DockerEngine engine, String tag) {
    return engine.docker("inspect", "--format", "{{.Id}}", "company/orders:" + tag);
  }

  @Test
  void furtherTagsNameTheSameImage() {
    GoldenFixture.of(TinyBase.writeTo(folder.resolve("official")))
        .writeTo(folder.resolve("golden"), "21");
    try (DockerEngine engine = DockerEngine.start()) {
      ImageStores stores =
          AccessOfTests.stores(
              AccessOfTests.ANONYMOUS,
              daemon ->
                  EngineStore.open(
                      daemon, folder.resolve("staging"), Map.of("DOCKER_HOST", engine.host())));
      BuildRequest request =
          SampleService.on(
              "oci:" + folder.resolve("golden") + ":21", IMAGE + "1.4.2", folder.resolve("cache"));
      for (int time = 0; time < 2; time++) {
        RecordingConsole console = new RecordingConsole();

        new ImageBuild(
                request.also(List.of(ImageReference.parse(IMAGE + "stable"))),
                stores::open,
                console)
            .run();

        assertThat(id(engine, "stable")).isEqualTo(id(engine, "1.4.2"));
        String outcome = time == 0 ? "pushed " : "unchanged ";
        assertThat(console.lines.stream().filter(line -> line.contains(IMAGE)))
            .containsExactly(outcome + IMAGE + "1.4.2", outcome + IMAGE + "stable");
      }
    }
  }
}
