package io.github.goldenmaven.registry.docker;

import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.LayerWriter;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.EngineProxy;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the tests of this subject share, one class after the other. */
@ResourceLock("EngineStoreFixture")
abstract class EngineStoreFixture {

  static final String CMD = "/tini";

  static DockerEngine engine;

  static EngineProxy proxy;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    engine = DockerEngine.start();
    proxy = EngineProxy.before(engine);
  }

  @AfterAll
  static void stop() {
    proxy.close();
    engine.close();
  }

  static MemoryStore base(Image image) {
    MemoryStore base = new MemoryStore("registry.example/golden");
    base.put(image.layers().get(0).blob(), Progress.SILENT);
    base.calls.clear();
    return base;
  }

  static String platform() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }

  static void copyChildren(
      LayoutFolder folder, ImageStore source, RawManifest index, EngineStore store) {
    for (Descriptor entry : new io.github.goldenmaven.oci.ImageIndex(index).manifests()) {
      ImageManifest child = new ImageManifest(folder.manifest(entry));
      store.put(Blob.of(folder.bytes(child.config().digest())), Progress.SILENT);
      child.layers().forEach(layer -> store.mount(layer, source));
      store.put(child.raw());
    }
  }

  void put(Image image, String name) {
    try (EngineStore store = store(name)) {
      image.putInto(store);
      store.put(image.manifest(), "1");
    }
  }

  EngineStore store(String name) {
    return store(name, proxy.host());
  }

  EngineStore store(String name, String host) {
    DaemonReference reference =
        (DaemonReference) ImageReference.parse("docker-daemon:registry.example/" + name + ":1");
    return EngineStore.open(reference, folder.resolve("staging"), Map.of("DOCKER_HOST", host));
  }

  /** A layer with the static init of the docker package, 700 KB, and a small one on it. */
  Image image(String name, String content) throws IOException {
    Path tini = Path.of("/usr/bin/docker-init").toRealPath();
    List<LayerEntry> system = new ArrayList<>();
    system.add(
        new LayerEntry.File(
            CMD.substring(1),
            Files.size(tini),
            () -> Files.newInputStream(tini),
            0755,
            Owner.ROOT,
            Instant.EPOCH));
    // Of each test's own, so that no test finds the other's layers in the engine.
    byte[] noise = new byte[200_000];
    new Random(name.hashCode()).nextBytes(noise);
    system.add(file("opt/" + name, noise));
    Layer base = LayerWriter.write(system, Compression.DEFLATED, folder.resolve(name + ".tar.gz"));
    Layer top = layer("opt/service", content);
    JsonObject config =
        JsonObject.EMPTY
            .with("architecture", platform())
            .with("os", "linux")
            .with(
                "config",
                JsonObject.EMPTY
                    .with("Cmd", JsonValue.ofTexts(List.of(CMD, "--version")))
                    .with("x.example.unknown", "carried"))
            .with(
                "rootfs",
                JsonObject.EMPTY
                    .with("type", "layers")
                    .with(
                        "diff_ids",
                        JsonValue.ofTexts(
                            List.of(base.diffId().toString(), top.diffId().toString()))));
    return new Image(Blob.of(config.toBytes()), List.of(base, top));
  }

  Layer layer(String path, String content) {
    return LayerWriter.write(
        List.of(file(path, content.getBytes(StandardCharsets.UTF_8))),
        Compression.DEFLATED,
        folder.resolve(Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex()));
  }

  static LayerEntry file(String path, byte[] bytes) {
    return new LayerEntry.File(
        path, bytes.length, () -> new ByteArrayInputStream(bytes), 0644, Owner.ROOT, Instant.EPOCH);
  }

  record Image(Blob config, List<Layer> layers) {

    RawManifest manifest() {
      return Manifests.image(
          Descriptor.of(MediaTypes.OCI_CONFIG, config.digest(), config.size()),
          layers.stream().map(Layer::descriptor).toList());
    }

    long bytes() {
      return layers.stream().mapToLong(layer -> layer.blob().size()).sum();
    }

    void putInto(ImageStore store) {
      store.put(config, Progress.SILENT);
      layers.forEach(layer -> store.put(layer.blob(), Progress.SILENT));
    }
  }
}
