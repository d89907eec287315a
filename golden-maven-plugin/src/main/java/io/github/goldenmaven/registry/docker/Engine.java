package io.github.goldenmaven.registry.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.concurrent.BackgroundTask;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.text.Printable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The conversation with a Docker Engine, in the version of its API that it names when greeted.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.41/">Docker Engine API</a>
 */
final class Engine implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** An engine that runs answers a greeting in milliseconds. */
  private static final Duration GREETING = Duration.ofSeconds(30);

  /** Of silence: an engine that unpacks a large layer says nothing for a while. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private static final String TAR = "application/x-tar";
  private static final String JSON = "application/json";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  /** From this version of the API on, an engine may keep its images in containerd. */
  private static final int FIRST_WITH_CONTAINERD = 43;

  private final EngineAddress address;
  private final Duration silence;
  private final BackgroundTask<Greeted> greeting;
  private @Nullable Boolean classic;

  private record Greeted(DockerHttpClient client, String version) {}

  /**
   * What the engine says of an image.
   *
   * @param id of the image: the digest of its config, or in a containerd store of its manifest
   * @param diffIds of its layers, bottom first
   */
  record Inspected(Digest id, List<Digest> diffIds) {}

  /**
   * Greets the engine in the background: loading docker-java takes longer than all it then does.
   */
  Engine(EngineAddress address) {
    this(address, SILENCE);
  }

  /**
   * The same, with another patience.
   *
   * @param silence how long an answer may stay away; zero for ever
   */
  Engine(EngineAddress address, Duration silence) {
    this.address = address;
    this.silence = silence;
    this.greeting = BackgroundTask.start("docker-engine", this::greet);
  }

  /** An answer's status and the engine's own words where it is an error. */
  record Said(int status, String message, String body) {

    boolean isOk() {
      return status < 300;
    }
  }

  /** Asks with a JSON document, or without one; whatever is answered is given back. */
  Said ask(Request.Method method, String path, @Nullable JsonObject question) {
    InputStream body = question == null ? null : new ByteArrayInputStream(question.toBytes());
    try (Response response = send(method, path, JSON, body)) {
      byte[] answer = response.getBody().readNBytes(StrictJson.MAX_BYTES);
      boolean ok = response.getStatusCode() < 300;
      return new Said(
          response.getStatusCode(),
          ok ? "" : message(answer),
          new String(answer, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** Asks for an answer that may take any time, and is read as it comes. */
  Response open(Request.Method method, String path) {
    Response response = send(method, path, JSON, null);
    try {
      return expectOk(path, response);
    } catch (GoldenException e) {
      response.close();
      throw e;
    }
  }

  /** What an image's name stands for; empty where there is no such image. */
  Optional<Inspected> inspect(String image) {
    String path = "/images/" + image + "/json";
    try (Response response = send(Request.Method.GET, path, JSON, null)) {
      if (response.getStatusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      JsonObject json = json(path, expectOk(path, response));
      JsonObject rootfs = json.object("RootFS").orElse(JsonObject.EMPTY);
      return Optional.of(
          new Inspected(
              Digest.parse(json.required("Id", json.string("Id"))),
              rootfs.strings("Layers").stream().map(Digest::parse).toList()));
    }
  }

  /** Operating system and processor of the machine the engine runs on. */
  Platform platform() {
    JsonObject version = get("/version");
    return new Platform(
        version.required("Os", version.string("Os")),
        version.required("Arch", version.string("Arch")),
        null);
  }

  /**
   * Whether the engine keeps layers by the chain below them, so that a load may leave out what is
   * there; an engine on containerd keeps whole images.
   */
  synchronized boolean keepsLayersByChain() {
    if (classic == null) {
      classic =
          minorVersion() < FIRST_WITH_CONTAINERD
              || !get("/info").toString().contains("io.containerd.snapshotter");
    }
    return classic;
  }

  /**
   * Loads an archive.
   *
   * @return what the engine has against it; empty where it took it
   */
  Optional<String> load(InputStream archive) {
    String path = "/images/load?quiet=0";
    try (Response response = send(Request.Method.POST, path, TAR, archive)) {
      if (response.getStatusCode() != OK) {
        return Optional.of(message(response));
      }
      return fault(response.getBody());
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** An image as a stream, in the form of {@code docker save}. */
  Response save(String image) {
    return open(Request.Method.GET, "/images/" + image + "/get");
  }

  @Override
  public String toString() {
    return "'" + Printable.of(address.toString()) + "'";
  }

  @Override
  public void close() {
    if (!greeting.isDone()) {
      return;
    }
    try {
      greeted().client().close();
    } catch (IOException | GoldenException e) {
      // There is nothing left to lose: every answer was read.
    }
  }

  private Greeted greet() {
    DockerHttpClient client =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(address.uri())
            .sslConfig(address.tls())
            .connectionTimeout(CONNECT)
            .responseTimeout(silence)
            .build();
    try (Response response =
        client.execute(Request.builder().method(Request.Method.GET).path("/_ping").build())) {
      String version = response.getHeader("Api-Version");
      if (response.getStatusCode() != OK || version == null || !version.matches("1\\.[0-9]{1,3}")) {
        throw new UnavailableException(
            "What answers at " + this + " is not a Docker Engine: " + message(response) + ".",
            "Let DOCKER_HOST name a Docker Engine, or unset it.");
      }
      return new Greeted(client, version);
    } catch (GoldenException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unreachable(e);
    }
  }

  private Greeted greeted() {
    return greeting
        .result(GREETING, "it waited for the Docker Engine at " + this)
        .orElseThrow(
            () ->
                unreachable(
                    new IOException("it was silent for " + GREETING.toSeconds() + " seconds")));
  }

  private int minorVersion() {
    return Integer.parseInt(greeted().version().substring("1.".length()));
  }

  private Response send(
      Request.Method method, String path, String mediaType, @Nullable InputStream body) {
    Greeted greeted = greeted();
    Request.Builder request = Request.builder();
    request.method(method).path("/v" + greeted.version() + path);
    if (body != null) {
      request.putHeader("Content-Type", mediaType).body(body);
    }
    try {
      return greeted.client().execute(request.build());
    } catch (GoldenException e) {
      // What the body is read from failed, and not the engine.
      throw e;
    } catch (RuntimeException e) {
      throw unreachable(e);
    }
  }

  private JsonObject get(String path) {
    try (Response response = send(Request.Method.GET, path, JSON, null)) {
      return json(path, expectOk(path, response));
    }
  }

  private Response expectOk(String path, Response response) {
    if (response.getStatusCode() >= 300) {
      throw new UnavailableException(
          "The Docker Engine at %s answered %s to '%s': %s."
              .formatted(this, response.getStatusCode(), path, message(response)),
          "Look into the engine's log, then build again.");
    }
    return response;
  }

  private JsonObject json(String path, Response response) {
    String what = "The answer of the Docker Engine at " + this + " to '" + path + "'";
    try {
      return StrictJson.read(what, response.getBody().readNBytes(StrictJson.MAX_BYTES + 1));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /** The engine's own words: the {@code message} of its JSON, else the text as it is. */
  private static String message(Response response) {
    try {
      return message(response.getBody().readNBytes(StrictJson.MAX_BYTES));
    } catch (IOException e) {
      return "no text";
    }
  }

  private static String message(byte[] body) {
    try {
      JsonObject json = StrictJson.read("The answer", body);
      return withoutStop(json.string("message").orElse("no message"));
    } catch (GoldenException notJson) {
      return withoutStop(new String(body, StandardCharsets.UTF_8));
    }
  }

  /** The {@code error} of a stream of JSON objects, one a line; a load fails with status 200. */
  private static Optional<String> fault(InputStream stream) throws IOException {
    Optional<String> fault = Optional.empty();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int read;
    while ((read = stream.read(buffer)) >= 0) {
      for (int at = 0; at < read; at++) {
        if (buffer[at] == '\n') {
          fault = fault.or(() -> error(line.toByteArray()));
          line.reset();
        } else if (line.size() < StrictJson.MAX_BYTES) {
          line.write(buffer[at]);
        }
      }
    }
    return fault.or(() -> error(line.toByteArray()));
  }

  private static Optional<String> error(byte[] line) {
    if (new String(line, StandardCharsets.UTF_8).isBlank()) {
      return Optional.empty();
    }
    try {
      return StrictJson.read("A line", line).string("error").map(Engine::withoutStop);
    } catch (GoldenException e) {
      return Optional.of("an answer that is not JSON");
    }
  }

  private static String withoutStop(String text) {
    String printable = Printable.of(text.strip());
    return printable.endsWith(".") ? printable.substring(0, printable.length() - 1) : printable;
  }

  UnavailableException unreachable(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    String reason = withoutStop(String.valueOf(cause.getMessage()));
    if (reason.toLowerCase(Locale.ROOT).contains("permission denied")) {
      return new UnavailableException(
          "This user may not speak to the Docker Engine at " + this + ".",
          "Add the user to the group 'docker' and log in again, or let DOCKER_HOST name an engine"
              + " of the user's own.",
          failure);
    }
    return new UnavailableException(
        "The Docker Engine at " + this + " does not answer: " + reason + ".",
        "Start it, or let DOCKER_HOST name one that runs; to build without an engine, leave"
            + " 'docker-daemon:' out of <base> (-Dgolden.base), <image> (-Dgolden.image), or 'from'"
            + " or 'to' of golden.yaml.",
        failure);
  }
}
