package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.bake.BakeResult.Outcome;
import io.github.goldenmaven.bake.certificates.TlsClient;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.JlinkBase;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TestCertificates;
import io.github.goldenmaven.registry.docker.EngineStore;
import io.github.goldenmaven.scenarios.CompanyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bake straight into a real Docker Engine. */
@NeedsPeer({"docker-registry", "dockerd", "openssl"})
class BakeIntoEngineTest {

  @TempDir private Path folder;

  @Test
  void theEngineHasBothTagsAndRunsWhatWasBaked() throws IOException {
    TestCertificates company = TestCertificates.in(folder);
    TlsClient client = TlsClient.compiledIn(folder.resolve("classes"));
    try (CompanyServer server = CompanyServer.start(company);
        DockerRegistry registry = DockerRegistry.start();
        DockerEngine engine = DockerEngine.start()) {
      registry.push(JlinkBase.layout(), JlinkBase.TAG, "official/java", "17");
      Path definition =
          Files.writeString(
              folder.resolve("golden.yaml"),
              """
              name: java
              version: "21.0.9"
              line: "21"
              from: %s/official/java:17
              to: docker-daemon:company.example/golden/java
              certificates: [ca.pem]
              user: "10001"
              """
                  .formatted(registry.host()));
      RecordingConsole console = new RecordingConsole();
      TestBake bake =
          TestBake.of(definition)
              .telling(console)
              .withEngines(
                  daemon ->
                      EngineStore.open(
                          daemon, folder.resolve("staging"), Map.of("DOCKER_HOST", engine.host())));

      BakeResult first = bake.run();

      assertThat(first.outcome()).isEqualTo(Outcome.PUSHED);
      String version = inspect(engine, "company.example/golden/java:21.0.9", "{{.Id}}");
      assertThat(inspect(engine, "company.example/golden/java:21", "{{.Id}}")).isEqualTo(version);
      assertThat(inspect(engine, version, "{{.Config.User}}")).isEqualTo("10001");
      assertThat(
              inspect(
                  engine,
                  version,
                  "{{index .Config.Labels \"io.github.goldenmaven.golden.version\"}}"))
          .isEqualTo("21.0.9");
      assertThat(client.in(engine, "company.example/golden/java:21", List.of(), server.url()))
          .endsWith(" hello");

      assertThat(bake.run().outcome()).isEqualTo(Outcome.UNCHANGED);

      // Another image: both tags move, for an engine's tags are its user's.
      Files.writeString(definition, Files.readString(definition) + "environment: {TZ: UTC}\n");
      assertThat(bake.run().outcome()).isEqualTo(Outcome.PUSHED);
      String changed = inspect(engine, "company.example/golden/java:21", "{{.Id}}");
      assertThat(changed)
          .isNotEqualTo(version)
          .isEqualTo(inspect(engine, "company.example/golden/java:21.0.9", "{{.Id}}"));
      assertThat(inspect(engine, changed, "{{.Config.Env}}")).contains("TZ=UTC");
    }
  }

  private static String inspect(DockerEngine engine, String image, String format) {
    return engine.docker("image", "inspect", "--format", format, image).strip();
  }
}
