package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.LyingRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mirror that has something else under the digest that {@code from} is pinned to. */
@NeedsPeer
@SuppressWarnings("NullAway.Init")
class BakeFromAMirrorTest {

  @TempDir private Path folder;
  private LayoutFolder official;
  private RawManifest manifest;
  private ImageManifest image;
  private String host = "";
  private final Map<Digest, byte[]> lies = new HashMap<>();

  @BeforeEach
  void makeTheOfficialImage() {
    official = TinyBase.writeTo(folder.resolve("official"));
    manifest = official.manifest(TinyBase.TAG);
    image = new ImageManifest(manifest);
  }

  @Test
  void anHonestOneIsReadAndNobodyElse() throws IOException {
    bake();

    assertThat(folder.resolve("golden/index.json")).content().contains("\"17.0.15\"");
  }

  @Test
  void anotherManifestIsRefused() {
    byte[] other = official.bytes(image.config().digest());
    lies.put(manifest.digest(), other);

    assertRefused(
        "'%s/mirrored/java' answers with the manifest '"
            + Digest.of(other)
            + "' where '"
            + manifest.digest()
            + "' is asked for. Do not use this registry: it, or something between it and us, hands"
            + " out other images than are pinned.");
  }

  @Test
  void anotherConfigIsRefused() {
    assertBlobIsRefused(image.config(), official.bytes(image.config().digest()).length - 1);
  }

  /** The change is in gzip's header, which no reader minds. */
  @Test
  void anotherLayerIsRefused() {
    assertBlobIsRefused(image.layers().get(1), 9);
  }

  /** As many bytes, and one of them another. */
  private void assertBlobIsRefused(Descriptor blob, int at) {
    byte[] bytes = official.bytes(blob.digest());
    bytes[at] ^= 1;
    lies.put(blob.digest(), bytes);

    assertRefused(
        "The blob '"
            + blob.digest()
            + "' of '%s/mirrored/java' has other bytes: they are '"
            + Digest.of(bytes)
            + "'. Do not use this image: its store, or something between it and us, has changed it."
            + " Push it again from where it is whole.");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::bake)
        .isInstanceOf(RefusedException.class)
        .hasMessage(message.formatted(host));
    assertThat(folder.resolve("golden")).doesNotExist();
  }

  private void bake() throws IOException {
    Path definition =
        Files.writeString(
            folder.resolve("golden.yaml"),
            """
            name: java
            version: "17.0.15"
            line: "17"
            from: official.invalid/library/java:17@%s
            to: oci:golden
            environment: {TZ: Asia/Seoul}
            """
                .formatted(manifest.digest()));
    try (LyingRegistry mirror = LyingRegistry.telling(this::answer)) {
      host = mirror.host();
      TestBake.of(definition).fromMirror(ImageReference.parse(host + "/mirrored/java")).run();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    int at = path.indexOf("sha256:");
    if (at < 0) {
      LyingRegistry.answer(exchange, path.equals("/v2/") ? 200 : 404);
      return;
    }
    Digest digest = Digest.parse(path.substring(at));
    byte[] body = lies.containsKey(digest) ? lies.get(digest) : official.bytes(digest);
    LyingRegistry.answer(
        exchange,
        200,
        body,
        "Content-Type",
        path.contains("/manifests/") ? manifest.mediaType() : "application/octet-stream");
  }
}
