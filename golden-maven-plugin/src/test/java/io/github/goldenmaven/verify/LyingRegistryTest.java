package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.golden.GoldenPolicy;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.JsonValue;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.ImageStores;
import io.github.goldenmaven.registry.RegistryAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What no real registry can be made to do: it serves an image, and lies where a test says so. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class LyingRegistryTest {

  /** An answer instead of the true one. */
  private static final class Lie {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    Lie(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body;
    }
  }

  @TempDir private Path folder;

  private final Map<String, Lie> lies = new ConcurrentHashMap<>();
  private HttpServer server;
  private String host;
  private LayoutFolder golden;
  private LayoutFolder apps;
  private RawManifest good;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    host = "localhost:" + server.getAddress().getPort();
    golden =
        GoldenFixture.of(TinyBase.writeTo(folder.resolve("official")))
            .writeTo(folder.resolve("golden"));
    apps = LayoutFolder.at(folder.resolve("apps"));
    good = ApplicationFixture.on(golden, "21", host + "/golden/java:21").writeTo(apps, "1");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theImageItselfPasses() throws IOException {
    assertThat(check().findings()).isEmpty();
  }

  /** D8. */
  @Test
  void refusesAnAnswerWhoseDigestIsNotItsBodys() throws IOException {
    lies.put(
        "/v2/apps/orders/manifests/1",
        new Lie(
            200,
            Map.of(
                "Content-Type",
                MediaTypes.OCI_MANIFEST,
                "Docker-Content-Digest",
                "sha256:" + "0".repeat(64)),
            good.bytes()));

    refused("says 'sha256:000000");
  }

  /** D8, of the golden image. */
  @Test
  void refusesAnotherManifestForTheGoldensDigest() throws IOException {
    lies.put(
        "/v2/golden/java/manifests/" + golden.manifest("21").digest(),
        new Lie(200, Map.of("Content-Type", MediaTypes.OCI_MANIFEST), good.bytes()));

    refused("answers with the manifest '" + good.digest() + "' where '");
  }

  /** D5. */
  @Test
  void refusesADocumentThatIsManifestAndIndexInOne() throws IOException {
    byte[] both =
        good.json().with("manifests", JsonValue.ofObjects(List.of(JsonObject.EMPTY))).toBytes();
    lies.put(
        "/v2/apps/orders/manifests/1",
        new Lie(200, Map.of("Content-Type", MediaTypes.OCI_MANIFEST), both));

    assertThat(check().verdict()).isEqualTo(Verdict.REFUSED);
  }

  /** D5. */
  @Test
  void refusesAManifestThatIsServedAsAnIndex() throws IOException {
    lies.put(
        "/v2/apps/orders/manifests/1",
        new Lie(200, Map.of("Content-Type", MediaTypes.OCI_INDEX), good.bytes()));

    assertThat(check().verdict()).isEqualTo(Verdict.REFUSED);
  }

  /** B20. */
  @Test
  void couldNotTellWhereABlobIsMissing() throws IOException {
    Descriptor layer = new ImageManifest(good).layers().get(3);
    lies.put("/v2/apps/orders/blobs/" + layer.digest(), new Lie(404, Map.of(), new byte[0]));

    assertThat(check().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  /** B20. */
  @Test
  void refusesABlobOfAnotherSizeOrContent() throws IOException {
    Descriptor layer = new ImageManifest(good).layers().get(3);
    byte[] other = "other".getBytes(StandardCharsets.UTF_8);
    lies.put("/v2/apps/orders/blobs/" + layer.digest(), new Lie(200, Map.of(), other));

    assertThat(check().verdict()).isNotEqualTo(Verdict.PASS);
  }

  /**
   * B20: runtimes fetch such a layer from elsewhere; docker-registry does not store the manifest.
   */
  @Test
  void refusesALayerThatIsElsewhere() throws IOException {
    for (int at : new int[] {0, 3}) {
      List<JsonObject> layers = new java.util.ArrayList<>(good.json().objects("layers"));
      layers.set(
          at, layers.get(at).with("urls", JsonValue.ofTexts(List.of("http://evil.example/layer"))));
      lies.put(
          "/v2/apps/orders/manifests/1",
          new Lie(
              200,
              Map.of("Content-Type", MediaTypes.OCI_MANIFEST),
              good.json().with("layers", JsonValue.ofObjects(layers)).toBytes()));

      refused("'urls' of elsewhere");
    }
  }

  /** F1, in the config, which its digest makes the image's own. */
  @Test
  void refusesAConfigThatOnlySomeReadersTakeForJson() throws IOException {
    String config =
        new String(
            apps.bytes(new ImageManifest(good).config().digest()), StandardCharsets.ISO_8859_1);
    String head = config.substring(0, config.length() - 1);
    for (String text :
        List.of(
            head + ",\"os\":\"linux\"}",
            head + ",\"o\u017f\":\"linux\"}",
            head + ",\"x\":\"\u00ff\"}",
            "\u00ef\u00bb\u00bf" + config,
            config + "{}",
            head + ",\"Config\":{\"User\":\"0\"}}")) {
      byte[] bytes =
          text.contains("\u017f")
              ? text.getBytes(StandardCharsets.UTF_8)
              : text.getBytes(StandardCharsets.ISO_8859_1);
      Descriptor bent = apps.put(MediaTypes.OCI_CONFIG, bytes);
      lies.put(
          "/v2/apps/orders/manifests/1",
          new Lie(
              200,
              Map.of("Content-Type", MediaTypes.OCI_MANIFEST),
              good.json().with("config", bent.json()).toBytes()));

      ImageReport report = check();

      assertThat(report.findings())
          .as(text)
          .extracting(finding -> finding.rule().id())
          .containsExactly("IMAGE_READABLE");
      assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    }
  }

  /** D1: which of the two runs is the runtime's choice. */
  @Test
  void refusesAnIndexOfTwoEntriesForOnePlatform() throws IOException {
    RawManifest root =
        ApplicationFixture.on(golden, "21", host + "/golden/java:21")
            .runtime(runtime -> runtime.with("User", "0"))
            .writeTo(apps, "root");
    JsonObject platform = JsonObject.EMPTY.with("architecture", "amd64").with("os", "linux");
    JsonObject index =
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_INDEX)
            .with(
                "manifests",
                JsonValue.ofObjects(
                    List.of(
                        apps.put(good).withPlatform(platform).json(),
                        apps.put(root).withPlatform(platform).json())));
    lies.put(
        "/v2/apps/orders/manifests/1",
        new Lie(200, Map.of("Content-Type", MediaTypes.OCI_INDEX), index.toBytes()));

    refused("has two entries for 'linux/amd64'");
  }

  /** F12. */
  @Test
  void couldNotTellOfARegistryThatIsToBeAskedAgainNextYear() throws IOException {
    lies.put(
        "/v2/apps/orders/manifests/1",
        new Lie(503, Map.of("Retry-After", "31536000"), new byte[0]));

    assertThat(check().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  /** F1. */
  @Test
  void refusesWhatOnlySomeReadersTakeForJson() throws IOException {
    for (String text :
        List.of(
            "\uFEFF" + new String(good.bytes(), StandardCharsets.UTF_8),
            new String(good.bytes(), StandardCharsets.UTF_8) + "{}",
            "[".repeat(10_000),
            new String(good.bytes(), StandardCharsets.UTF_8)
                .replaceFirst("\"size\":(\\d+)", "\"size\":$1.0"))) {
      lies.put(
          "/v2/apps/orders/manifests/1",
          new Lie(
              200,
              Map.of("Content-Type", MediaTypes.OCI_MANIFEST),
              text.getBytes(StandardCharsets.UTF_8)));

      assertThat(check().verdict()).isEqualTo(Verdict.REFUSED);
    }
  }

  private void refused(String found) throws IOException {
    ImageReport report = check();
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.findings()).extracting(Finding::found).anyMatch(text -> text.contains(found));
  }

  private ImageReport check() throws IOException {
    Path policy = Files.createTempFile(folder, "policy", ".yaml");
    Files.writeString(policy, "golden: [" + host + "/golden/*]\n");
    return new Gate(
            new GateRequest(
                List.of(ImageReference.parse(host + "/apps/orders:1")),
                List.of(),
                GoldenPolicy.read(policy),
                Files.createTempDirectory(folder, "cache"),
                GateHouse.NOW),
            new ImageStores(
                    RegistryAccess.ANONYMOUS,
                    daemon -> {
                      throw new AssertionError(daemon);
                    })
                ::open,
            new RecordingConsole())
        .check()
        .images()
        .get(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Lie answer = lies.containsKey(path) ? lies.get(path) : truth(path);
      answer.headers.forEach(exchange.getResponseHeaders()::add);
      exchange.sendResponseHeaders(
          answer.status, answer.body.length == 0 ? -1 : answer.body.length);
      exchange.getResponseBody().write(answer.body);
    }
  }

  private Lie truth(String path) throws IOException {
    String last = path.substring(path.lastIndexOf('/') + 1);
    LayoutFolder from = path.startsWith("/v2/golden/") ? golden : apps;
    if (path.equals("/v2/")) {
      return new Lie(200, Map.of(), "{}".getBytes(StandardCharsets.UTF_8));
    }
    if (path.contains("/tags/")) {
      return new Lie(200, Map.of(), "{\"tags\":[\"21\"]}".getBytes(StandardCharsets.UTF_8));
    }
    if (path.contains("/manifests/")) {
      RawManifest manifest =
          last.startsWith("sha256:")
              ? new RawManifest(
                  MediaTypes.OCI_MANIFEST, from.bytes(io.github.goldenmaven.oci.Digest.parse(last)))
              : from.manifest(last);
      return new Lie(200, Map.of("Content-Type", manifest.mediaType()), manifest.bytes());
    }
    return new Lie(
        200, Map.of(), Files.readAllBytes(from.blob(io.github.goldenmaven.oci.Digest.parse(last))));
  }
}
