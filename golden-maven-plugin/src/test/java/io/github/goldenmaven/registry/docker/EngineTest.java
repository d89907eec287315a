package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.NeedsPeer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsPeer
class EngineTest {

  private static final String REMEDY =
      "Start it, or let DOCKER_HOST name one that runs; to build without an engine, leave"
          + " 'docker-daemon:' out of <base> (-Dgolden.base), <image> (-Dgolden.image), or 'from'"
          + " or 'to' of golden.yaml.";

  @TempDir Path folder;

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private HttpServer server;

  private record Answer(int status, String body) {}

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          String path = exchange.getRequestURI().toString();
          Answer answer = answers.getOrDefault(path, new Answer(404, "{\"message\":\"none\"}"));
          if (path.equals("/_ping")) {
            exchange.getResponseHeaders().add("Api-Version", answer.body());
          }
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    answers.put("/_ping", new Answer(200, "1.40"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void saysThatNoEngineIsThere() {
    Path socket = folder.resolve("docker.sock");
    try (Engine engine = engine("unix://" + socket)) {
      assertThatThrownBy(() -> engine.inspect("any"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The Docker Engine at 'unix://%s' does not answer: No such file or directory. %s"
                  .formatted(socket, REMEDY));
    }
  }

  @Test
  void saysThatNobodyListens() {
    server.stop(0);
    try (Engine engine = engine(host())) {
      assertThatThrownBy(() -> engine.inspect("any"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The Docker Engine at '%s' does not answer: Connect to http://%s failed: Connection refused. %s"
                  .formatted(host(), host().substring("tcp://".length()), REMEDY));
    }
  }

  @Test
  void saysThatWhatAnswersIsNoDockerEngine() {
    answers.put("/_ping", new Answer(200, "soon"));
    try (Engine engine = engine(host())) {
      assertThatThrownBy(() -> engine.inspect("any"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "What answers at '%s' is not a Docker Engine: soon. Let DOCKER_HOST name a Docker Engine, or unset it."
                  .formatted(host()));
    }
  }

  @Test
  void speaksTheVersionThatTheEngineNames() {
    answers.put(
        "/v1.40/images/registry.example/a:1/json",
        new Answer(
            200,
            "{\"Id\":\"sha256:%s\",\"RootFS\":{\"Layers\":[\"sha256:%s\"]}}"
                .formatted("a".repeat(64), "b".repeat(64))));
    try (Engine engine = engine(host())) {
      Engine.Inspected inspected = engine.inspect("registry.example/a:1").orElseThrow();
      assertThat(inspected.id().hex()).isEqualTo("a".repeat(64));
      assertThat(inspected.diffIds())
          .map(Object::toString)
          .containsExactly("sha256:" + "b".repeat(64));
      assertThat(engine.inspect("registry.example/b:1")).isEmpty();
    }
  }

  @Test
  void tellsWhatTheEngineSaysWithoutLettingItForgeLines() {
    answers.put(
        "/v1.40/version", new Answer(500, "{\"message\":\"no\\u001b[2K space\\nBUILD SUCCESS.\"}"));
    try (Engine engine = engine(host())) {
      assertThatThrownBy(engine::platform)
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The Docker Engine at '%s' answered 500 to '/version': no\\u001B[2K space\\u000ABUILD SUCCESS. Look into the engine's log, then build again."
                  .formatted(host()));
    }
  }

  @Test
  void aLoadFailsByWhatItsStreamSaysAndNotByItsStatus() {
    answers.put(
        "/v1.40/images/load?quiet=0",
        new Answer(
            200,
            """
            {"status":"Loading layer","progressDetail":{"current":1,"total":2}}
            {"errorDetail":{"message":"no space left on device"},"error":"no space left on device"}
            {"stream":"Loaded image: a"}
            """));
    try (Engine engine = engine(host())) {
      assertThat(engine.load(new ByteArrayInputStream(new byte[1024])))
          .hasValue("no space left on device");
      answers.put(
          "/v1.40/images/load?quiet=0", new Answer(200, "{\"stream\":\"Loaded image: a\\n\"}\n"));
      assertThat(engine.load(new ByteArrayInputStream(new byte[1024]))).isEmpty();
      answers.put("/v1.40/images/load?quiet=0", new Answer(200, "<html>"));
      assertThat(engine.load(new ByteArrayInputStream(new byte[1024])))
          .hasValue("an answer that is not JSON");
      answers.put("/v1.40/images/load?quiet=0", new Answer(503, "{\"message\":\"starting\"}"));
      assertThat(engine.load(new ByteArrayInputStream(new byte[1024]))).hasValue("starting");
    }
  }

  @Test
  void anEngineOnContainerdIsKnownByItsDriver() {
    answers.put("/_ping", new Answer(200, "1.47"));
    answers.put(
        "/v1.47/info",
        new Answer(200, "{\"DriverStatus\":[[\"driver-type\",\"io.containerd.snapshotter.v1\"]]}"));
    try (Engine engine = engine(host())) {
      assertThat(engine.keepsLayersByChain()).isFalse();
    }
    answers.put("/v1.47/info", new Answer(200, "{\"Driver\":\"overlay2\"}"));
    try (Engine engine = engine(host())) {
      assertThat(engine.keepsLayersByChain()).isTrue();
    }
  }

  @Test
  void aUserWhoMayNotIsToldOfTheGroup() {
    UnavailableException denied =
        new Engine(EngineAddress.of(Map.of("DOCKER_HOST", "unix:///run/docker.sock")))
            .unreachable(
                new IllegalStateException(new java.net.SocketException("Permission denied")));
    assertThat(denied)
        .hasMessage(
            "This user may not speak to the Docker Engine at 'unix:///run/docker.sock'. Add the"
                + " user to the group 'docker' and log in again, or let DOCKER_HOST name an engine"
                + " of the user's own.");
  }

  @Test
  @NeedsPeer({"docker", "dockerd", "ip", "openssl"})
  void showsItsCertificateToAnEngineBehindTls() {
    try (DockerEngine peer = DockerEngine.startWithTls()) {
      Map<String, String> environment =
          Map.of(
              "DOCKER_HOST", peer.tlsHost(),
              "DOCKER_TLS_VERIFY", "1",
              "DOCKER_CERT_PATH", peer.certificates().toString());
      try (Engine engine = new Engine(EngineAddress.of(environment))) {
        assertThat(engine.platform().os()).isEqualTo("linux");
      }
      try (Engine engine = engine(peer.tlsHost())) {
        assertThatThrownBy(engine::platform)
            .isInstanceOf(UnavailableException.class)
            .hasMessageStartingWith("What answers at '" + peer.tlsHost() + "' is not a Docker");
      }
    }
  }

  private String host() {
    return "tcp://127.0.0.1:" + server.getAddress().getPort();
  }

  private static Engine engine(String host) {
    return new Engine(EngineAddress.of(Map.of("DOCKER_HOST", host)));
  }
}
