package io.github.goldenmaven.verify;

import com.sun.net.httpserver.HttpExchange;
import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A golden image and a good service in a registry that lies where a test says so, and a gate. */
final class LyingGateFixture implements AutoCloseable {

  static final String IMAGE = "/v2/apps/orders/manifests/1";

  final LyingRegistry registry = LyingRegistry.telling(this::tell);
  final LayoutFolder golden;
  final LayoutFolder apps;
  final RawManifest good;
  final RecordingConsole console = new RecordingConsole();

  /** By path, what is answered instead of the truth. */
  final Map<String, LyingRegistry.Lie> lies = new ConcurrentHashMap<>();

  /** What {@code Authorization} has to say; null where anybody may read. */
  @Nullable String authorization;

  /** How those are asked for it that do not. */
  String challenge = "Basic realm=\"registry\"";

  private final Path folder;

  LyingGateFixture(Path folder) {
    this.folder = folder;
    golden =
        GoldenFixture.of(TinyBase.writeTo(folder.resolve("official")))
            .runnable()
            .writeTo(folder.resolve("golden"));
    apps = LayoutFolder.at(folder.resolve("apps"));
    good = service().writeTo(apps, "1");
  }

  String host() {
    return registry.host();
  }

  ApplicationFixture service() {
    return ApplicationFixture.on(golden, "21", host() + "/golden/java:21");
  }

  void lie(String path, int status, byte[] body, String... headers) {
    lies.put(path, exchange -> LyingRegistry.answer(exchange, status, body, headers));
  }

  /** Another document for the tag. */
  void image(String mediaType, byte[] document) {
    lie(IMAGE, 200, document, "Content-Type", mediaType);
  }

  ImageReport check() throws IOException {
    return check(AccessOfTests.ANONYMOUS, "");
  }

  ImageReport check(RegistryAccess access, String more) throws IOException {
    return whole(access, more).images().get(0);
  }

  GateReport whole(RegistryAccess access, String more) throws IOException {
    Path policy = Files.createTempFile(folder, "policy", ".yaml");
    Files.writeString(policy, "golden: [" + host() + "/golden/*]\n" + more);
    return new Gate(
            new GateRequest(
                List.of(ImageReference.parse(host() + "/apps/orders:1")),
                List.of(),
                GoldenPolicy.read(policy),
                Files.createTempDirectory(folder, "cache"),
                GateFixture.NOW),
            LyingRegistry.opening(access)::apply,
            console)
        .check();
  }

  private void tell(HttpExchange exchange) throws IOException {
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null && !Objects.equals(authorization, shown)) {
      LyingRegistry.answer(exchange, 401, "WWW-Authenticate", challenge);
      return;
    }
    String path = exchange.getRequestURI().getPath();
    LyingRegistry.Lie lie = lies.get(path);
    if (lie == null) {
      truth(exchange, path);
    } else {
      lie.tell(exchange);
    }
  }

  /** What an honest registry answers. */
  void truth(HttpExchange exchange, String path) throws IOException {
    String last = path.substring(path.lastIndexOf('/') + 1);
    LayoutFolder from = path.startsWith("/v2/golden/") ? golden : apps;
    if (path.equals("/v2/")) {
      json(exchange, "{}");
    } else if (path.contains("/tags/")) {
      json(exchange, "{\"tags\":[\"21\"]}");
    } else if (path.contains("/manifests/")) {
      RawManifest manifest =
          last.startsWith("sha256:")
              ? new RawManifest(MediaTypes.OCI_MANIFEST, from.bytes(Digest.parse(last)))
              : from.manifest(last);
      LyingRegistry.answer(exchange, 200, manifest.bytes(), "Content-Type", manifest.mediaType());
    } else {
      LyingRegistry.answer(exchange, 200, from.bytes(Digest.parse(last)));
    }
  }

  private static void json(HttpExchange exchange, String text) throws IOException {
    LyingRegistry.answer(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    registry.close();
  }
}
