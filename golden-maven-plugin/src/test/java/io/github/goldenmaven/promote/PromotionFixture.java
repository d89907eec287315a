package io.github.goldenmaven.promote;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.promote.Promotion.Result;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the tests of this subject share, one class after the other. */
@ResourceLock("PromotionFixture")
abstract class PromotionFixture {

  @TempDir static Path shared;
  @TempDir Path folder;
  static DockerRegistry registry;

  static DockerRegistry other;

  static LayoutFolder apps;

  static LayoutFolder golden;

  static int targets;

  final ImageStores stores =
      AccessOfTests.stores(
          AccessOfTests.ANONYMOUS,
          daemon -> {
            throw new AssertionError(daemon);
          });

  @BeforeAll
  static void open() {
    registry = DockerRegistry.start();
    other = DockerRegistry.start();
    golden =
        GoldenFixture.of(TinyBase.writeTo(shared.resolve("official")))
            .runnable()
            .writeTo(shared.resolve("golden"));
    apps = LayoutFolder.at(shared.resolve("apps"));
    ApplicationFixture.on(golden, "21", "r.example/golden/java:21").writeTo(apps, "one");
    registry.push(apps, "one", "apps/orders", "1.4.2");
  }

  @AfterAll
  static void close() {
    registry.close();
    other.close();
  }

  static byte[] referrers(RawManifest image, int number) {
    List<JsonObject> entries = new ArrayList<>();
    for (int at = 0; at < number; at++) {
      entries.add(
          Descriptor.of(
                  MediaTypes.OCI_MANIFEST,
                  Digest.of((image.digest() + "" + at).getBytes(StandardCharsets.UTF_8)),
                  100)
              .json());
    }
    return JsonObject.EMPTY
        .with("schemaVersion", 2)
        .with("mediaType", MediaTypes.OCI_INDEX)
        .with("manifests", JsonValue.ofObjects(entries))
        .toBytes();
  }

  Result promote(String source, ImageStore into) {
    DocumentCache cache = seenByTheGate(source);
    try (ImageStore from = stores.open(ImageReference.parse(source))) {
      return new Promotion(from, into, cache, new RecordingConsole())
          .promote(
              Statements.of(apps.manifest("one").digest(), from, cache),
              ImageReference.parse("r.example/release/orders:1"),
              false,
              false);
    }
  }

  static String source() {
    return registry.host() + "/apps/orders:1.4.2";
  }

  static String target() {
    return registry.host() + "/release/t" + ++targets + ":1";
  }

  Result promote(String source, String target) {
    return promote(source, target, seenByTheGate(source), false);
  }

  Result promote(String source, String target, DocumentCache cache, boolean overwrite) {
    ImageReference image = ImageReference.parse(source);
    ImageReference to = ImageReference.parse(target);
    try (ImageStore from = stores.open(image);
        ImageStore into = stores.open(to)) {
      Digest digest = new ImageResolver(from, cache).resolve(image).orElseThrow().digest();
      return new Promotion(from, into, cache, new RecordingConsole())
          .promote(Statements.of(digest, from, cache), to, overwrite, false);
    }
  }

  DocumentCache seenByTheGate(String source) {
    DocumentCache cache = new DocumentCache(folder.resolve("documents"));
    ImageReference image = ImageReference.parse(source);
    try (ImageStore store = stores.open(image)) {
      new ImageResolver(store, cache).resolve(image);
    }
    return cache;
  }
}
