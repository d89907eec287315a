package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.layer.LayerReader;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.peers.DistributionBase;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.docker.EngineRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands in a real Docker Engine, on an official image of a registry that the engine has no
 * credentials for.
 */
@NeedsPeer({"docker-registry", "docker", "dockerd", "openssl"})
@SuppressWarnings("NullAway.Init")
class BakeWithCommandsTest {

  @TempDir static Path shared;
  private static DockerRegistry registry;
  private static DockerEngine engine;

  @TempDir Path folder;
  private final RecordingConsole console = new RecordingConsole();

  @BeforeAll
  static void startPeers() throws IOException {
    registry = DockerRegistry.options().withCredentials().start();
    engine = DockerEngine.start();
    byte[] none = {};
    registry.push(
        DistributionBase.ALPINE.on(
            TinyBase.writeTo(shared.resolve("tiny")), none, none, shared.resolve("alpine")),
        DistributionBase.ALPINE.tag(),
        "official/alpine",
        "3.22");
  }

  @AfterAll
  static void stopPeers() {
    engine.close();
    registry.close();
  }

  @Test
  void theOfficialImageComesByOurCredentialsAndCommandsAreToldTheProxy() throws IOException {
    bake(
        "java",
        """
        proxy: {https: "http://proxy.company.example:3128", noProxy: [.company.example]}
        run: ['echo "$https_proxy $HTTPS_PROXY $no_proxy $NO_PROXY $http_proxy." > /etc/told']
        """);

    assertThat(content("golden/java", "etc/told"))
        .isEqualTo(
            "http://proxy.company.example:3128 http://proxy.company.example:3128"
                + " .company.example .company.example .\n");
    assertThat(console.lines).noneMatch(line -> line.contains(DockerRegistry.PASSWORD));
  }

  @Test
  void aCommandThatFailsLeavesNothingInEngineAndRegistry() throws IOException {
    String before = all();

    assertThatThrownBy(
            () -> bake("failed", "run: [\"echo one > /etc/one; echo no mirror >&2; exit 3\"]"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The command 'echo one > /etc/one; echo no mirror >&2; exit 3' of 'run' wrote:\n"
                + "  no mirror\n"
                + "and failed with exit code 3. Fix it in 'run' of golden.yaml: it runs as root,"
                + " with '/bin/sh -ec', on the official image.");

    assertThat(all()).isEqualTo(before);
    assertThat(registry.manifest("golden/failed", "1")).isEmpty();
    assertThat(registry.manifest("golden/failed", "1.0")).isEmpty();
  }

  private static String all() {
    return engine.docker("ps", "--all", "--quiet")
        + engine.docker("images", "--all", "--no-trunc")
        + engine.docker("volume", "ls")
        + engine.docker("network", "ls", "--format", "{{.Name}}");
  }

  private void bake(String name, String more) throws IOException {
    Path definition =
        Files.writeString(
            folder.resolve("golden.yaml"),
            """
            name: java
            version: "1.0"
            line: "1"
            from: %1$s/official/alpine:3.22
            to: %1$s/golden/%2$s
            %3$s
            """
                .formatted(registry.host(), name, more));
    Credentials credentials = new Credentials(DockerRegistry.USER, DockerRegistry.PASSWORD);
    TestBake.of(definition)
        .telling(console)
        .withAccess(
            AccessOfTests.anonymous().withCredentials(host -> Optional.of(credentials)).access())
        .withRuns(
            commands ->
                EngineRun.run(
                    commands.official(),
                    commands.store(),
                    commands.commands(),
                    commands.environment(),
                    folder.resolve("run"),
                    Map.of("DOCKER_HOST", engine.host()),
                    console))
        .run();
  }

  /** A file of the one layer above the official image. */
  private static String content(String repository, String path) throws IOException {
    List<Descriptor> layers =
        new ImageManifest(registry.manifest(repository, "1").orElseThrow()).layers();
    byte[] bytes = registry.blob(repository, layers.get(layers.size() - 1).digest()).orElseThrow();
    try (LayerReader reader =
        LayerReader.open("it", new ByteArrayInputStream(bytes), LayerReader.Limits.DEFAULT)) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        if (next.orElseThrow().path().equals(path)) {
          return new String(reader.content().readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    }
    return "no such file";
  }
}
