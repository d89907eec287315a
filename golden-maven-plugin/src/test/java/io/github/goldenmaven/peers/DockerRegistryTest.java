package io.github.goldenmaven.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsPeer({"docker-registry", "openssl"})
class DockerRegistryTest {

  @TempDir Path folder;

  @Test
  void countsEveryRequestSinceTheMarkAndNoneOfItsOwn() throws Exception {
    try (DockerRegistry registry = DockerRegistry.start()) {
      assertThat(registry.requests()).isEmpty();
      get(registry, "/v2/");
      get(registry, "/v2/apps/orders/manifests/1");
      assertThat(registry.requests())
          .containsExactly(
              new Request("GET", "/v2/", 200, 2, "a \\\"quoted\\\" agent"),
              new Request("GET", "/v2/apps/orders/manifests/1", 404, 91, "a \\\"quoted\\\" agent"));
      registry.mark();
      assertThat(registry.requests()).isEmpty();
      get(registry, "/v2/_catalog");
      assertThat(registry.requests())
          .map(Request::toString)
          .containsExactly("GET /v2/_catalog 200");
    }
  }

  @Test
  void refusesWithoutCredentialsAndServesWithThem() throws Exception {
    try (DockerRegistry registry = DockerRegistry.options().withCredentials().start()) {
      assertThat(get(registry, "/v2/")).isEqualTo(401);
      HttpRequest request =
          HttpRequest.newBuilder(registry.uri().resolve("/v2/"))
              .header("Authorization", DockerRegistry.basic())
              .build();
      assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void speaksTlsWithACertificateOfItsOwnCa() throws Exception {
    try (DockerRegistry registry = DockerRegistry.options().withTls().start()) {
      assertThat(registry.uri().getScheme()).isEqualTo("https");
      HttpClient client =
          HttpClient.newBuilder().sslContext(registry.certificates().orElseThrow().trust()).build();
      for (String host : new String[] {"localhost", "127.0.0.1"}) {
        URI uri = URI.create("https://" + host + ":" + registry.uri().getPort() + "/v2/");
        assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body())
            .isEqualTo("{}");
      }
    }
  }

  @Test
  void keepsWhatIsOnDiskWhenItIsKilled() throws Exception {
    try (DockerRegistry registry = DockerRegistry.options().onDisk(folder).start()) {
      HttpRequest upload =
          HttpRequest.newBuilder(registry.uri().resolve("/v2/apps/orders/blobs/uploads/"))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      assertThat(HttpClient.newHttpClient().send(upload, BodyHandlers.discarding()).statusCode())
          .isEqualTo(202);
      registry.kill();
      assertThat(registry.isServing()).isFalse();
    }
    assertThat(folder.resolve("docker/registry/v2/repositories/apps/orders")).isDirectory();
  }

  @Test
  void diesWithTheJvmThatStartedIt() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DockerRegistry.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8)) {
      URI uri = URI.create("http://" + output.readLine() + "/v2/");
      assertThat(answers(uri)).isTrue();
      jvm.destroyForcibly().waitFor();
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (answers(uri) && System.nanoTime() < deadline) {
        Keeper.pause(Duration.ofMillis(20));
      }
      assertThat(answers(uri)).isFalse();
    }
  }

  @Test
  void leavesNoFolderBehind() throws Exception {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    DockerRegistry registry = DockerRegistry.start();
    String port = Integer.toString(registry.uri().getPort());
    registry.close();
    try (Stream<Path> folders = Files.list(temporary)) {
      assertThat(
              folders
                  .map(left -> left.resolve("config.yml"))
                  .filter(Files::exists)
                  .filter(config -> read(config).contains("addr: 127.0.0.1:" + port + "\n")))
          .isEmpty();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean answers(URI uri) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
      HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int get(DockerRegistry registry, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(registry.uri().resolve(path))
            .header("User-Agent", "a \"quoted\" agent")
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
