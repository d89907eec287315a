package io.github.goldenmaven.promote;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.promote.Promotion.Outcome;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.RegistryAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Promotions to a registry that has its uploads elsewhere. */
@Timeout(60)
@NeedsPeer
class PromotionWireTest {

  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("ci:s3cr3t".getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;

  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();

  @Test
  void sendsBlobsToAnotherHostWithoutTheCredentialsOfTheFirst() {
    LayoutFolder golden =
        GoldenFixture.of(TinyBase.writeTo(folder.resolve("official")))
            .runnable()
            .writeTo(folder.resolve("golden"));
    LayoutFolder apps = LayoutFolder.at(folder.resolve("apps"));
    RawManifest image =
        ApplicationFixture.on(golden, "21", "r.example/golden/java:21").writeTo(apps, "1");
    try (LyingRegistry elsewhere = LyingRegistry.telling(this::takeBlob);
        LyingRegistry registry =
            LyingRegistry.telling(exchange -> answer(exchange, elsewhere.otherHost()));
        ImageStore from = layout("oci:" + apps.path() + ":1");
        ImageStore into = LyingRegistry.opening(guarded(registry)).apply(target(registry))) {
      DocumentCache cache = new DocumentCache(folder.resolve("documents"));

      Promotion.Result result =
          new Promotion(from, into, cache, new RecordingConsole())
              .promote(Statements.of(image.digest(), from, cache), target(registry), false, false);

      assertThat(result.outcome()).isEqualTo(Outcome.PROMOTED);
      ImageManifest manifest = new ImageManifest(image);
      assertThat(blobs.keySet())
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(Stream.of(manifest.config()), manifest.layers().stream())
                  .map(blob -> blob.digest().toString())
                  .toList());
      assertThat(registry.shown()).contains(BASIC);
      assertThat(elsewhere.shown()).containsOnly("null");
    }
  }

  private static RegistryAccess guarded(LyingRegistry registry) {
    return AccessOfTests.anonymous()
        .withCredentials(
            host ->
                host.equals(registry.host())
                    ? Optional.of(new Credentials("ci", "s3cr3t"))
                    : Optional.empty())
        .access();
  }

  private static ImageReference target(LyingRegistry registry) {
    return ImageReference.parse(registry.host() + "/release/orders:1");
  }

  private static ImageStore layout(String reference) {
    return AccessOfTests.stores(
            AccessOfTests.ANONYMOUS,
            daemon -> {
              throw new AssertionError(daemon);
            })
        .open(ImageReference.parse(reference));
  }

  private void answer(HttpExchange exchange, String elsewhere) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (!BASIC.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      LyingRegistry.answer(exchange, 401, "WWW-Authenticate", "Basic realm=\"registry\"");
    } else if (exchange.getRequestMethod().equals("POST")) {
      LyingRegistry.answer(exchange, 202, "Location", "http://" + elsewhere + path + "1?state=x");
    } else if (path.contains("/manifests/") && exchange.getRequestMethod().equals("PUT")) {
      manifests.put(path, exchange.getRequestBody().readAllBytes());
      LyingRegistry.answer(exchange, 201);
    } else if (manifests.containsKey(path)) {
      LyingRegistry.answer(
          exchange,
          200,
          manifests.getOrDefault(path, new byte[0]),
          "Content-Type",
          "application/vnd.oci.image.manifest.v1+json");
    } else {
      LyingRegistry.answer(exchange, 404);
    }
  }

  private void takeBlob(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    if (exchange.getRequestMethod().equals("PUT")) {
      blobs.put(List.of(query.split("digest=", 2)).get(1), body);
      LyingRegistry.answer(exchange, 201);
    } else {
      LyingRegistry.answer(
          exchange, 202, "Location", exchange.getRequestURI().toString(), "Range", "0-0");
    }
  }
}
