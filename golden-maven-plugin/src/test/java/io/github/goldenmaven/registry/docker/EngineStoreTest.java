package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
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
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.MemoryStore;
import io.github.goldenmaven.registry.layout.LayoutStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsPeer({"docker", "dockerd", "ip"})
class EngineStoreTest {

  private static final String CMD = "/tini";

  private static DockerEngine engine;
  private static EngineProxy proxy;

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

  @Test
  void anImageKeepsItsIdAndRuns() throws IOException {
    Image image = image("runs", "one");
    try (EngineStore store = store("runs")) {
      assertThat(store.imageId("1")).isEmpty();
      assertThat(store.holds(image.manifest(), "1")).isFalse();
      image.putInto(store);
      store.put(image.manifest(), "1");
      assertThat(store.imageId("1")).hasValue(image.config().digest());
      assertThat(store.holds(image.manifest(), "1")).isTrue();
      assertThat(store.holds(image("runs", "two").manifest(), "1")).isFalse();
      assertThat(store.manifest("1")).hasValue(image.manifest());
      assertThat(store.keepsManifests()).isFalse();
    }
    assertThat(engine.docker("run", "--rm", "registry.example/runs:1")).startsWith("tini version");
    assertThat(engine.docker("inspect", "--format", "{{.Id}}", "registry.example/runs:1"))
        .isEqualTo(image.config().digest() + "\n");
  }

  @Test
  void oneChangedLayerMovesOnlyItself() throws IOException {
    Image first = image("thin", "one");
    Image second = image("thin", "two");
    put(first, "thin");
    assertThat(proxy.sent()).isGreaterThan(first.bytes());

    try (EngineStore store = store("thin")) {
      second.putInto(store);
      store.put(second.manifest(), "1");
      assertThat(store.imageId("1")).hasValue(second.config().digest());
    }
    assertThat(proxy.sent()).isLessThan(12 * 1024);
    assertThat(engine.docker("run", "--rm", "registry.example/thin:1")).startsWith("tini version");
  }

  @Test
  void aBaseThatTheEngineHasUnderAnotherNameIsNotSent() throws IOException {
    put(image("other", "one"), "other");
    proxy.sent();
    Image image = image("other", "another service");
    MemoryStore base = base(image);
    try (EngineStore store = store("service")) {
      store.put(image.config(), Progress.SILENT);
      store.mount(image.layers().get(0).descriptor(), base);
      store.put(image.layers().get(1).blob(), Progress.SILENT);
      store.put(image.manifest(), "1");
    }
    assertThat(proxy.sent()).isLessThan(20 * 1024);
    assertThat(base.calls).isEmpty();
    assertThat(engine.docker("run", "--rm", "registry.example/service:1"))
        .startsWith("tini version");
  }

  @Test
  void aBaseThatTheEngineLacksIsReadFromItsOwnStoreWhileItIsSent() throws IOException {
    Image image = image("lacking", "one");
    MemoryStore base = base(image);
    AtomicLong heard = new AtomicLong();
    Descriptor layer = image.layers().get(0).descriptor();
    try (EngineStore store = store("lacking")) {
      assertThat(store.has(layer)).isFalse();
      assertThat(store.mount(layer, base)).isTrue();
      assertThat(store.has(layer)).isTrue();
      store.put(image.config(), Progress.SILENT);
      store.put(image.layers().get(1).blob(), heard::addAndGet);
      assertThat(base.calls).isEmpty();
      store.put(image.manifest(), "1");
    }
    assertThat(base.calls).containsExactly("open " + layer.digest().shortHex());
    assertThat(heard).hasValue(image.layers().get(1).blob().size());
  }

  @Test
  void saysThatABlobIsMissingWhereItWasNeitherPutNorMountedAndTheEngineLacksIt()
      throws IOException {
    Image image = image("missing", "one");
    try (EngineStore store = store("missing")) {
      assertThat(store.putIfComplete(image.manifest(), "1")).isFalse();
      store.put(image.config(), Progress.SILENT);
      assertThat(store.putIfComplete(image.manifest(), "1")).isFalse();
      assertThat(store.imageId("1")).isEmpty();
      image.putInto(store);
      assertThat(store.putIfComplete(image.manifest(), "1")).isTrue();
    }
    try (EngineStore store = store("missing")) {
      store.put(image.config(), Progress.SILENT);
      assertThat(store.putIfComplete(image.manifest(), "2")).isTrue();
      assertThat(store.imageId("2")).hasValue(image.config().digest());
    }
  }

  @Test
  void anImageReadOutOfTheEngineHasTheConfigAndLayersThatWentIn() throws IOException {
    Image image = image("saved", "one");
    put(image, "saved");
    try (EngineStore store = store("saved")) {
      assertThat(store.manifest("none")).isEmpty();
      RawManifest raw = store.manifest("1").orElseThrow();
      ImageManifest saved = new ImageManifest(raw);
      assertThat(store.manifest(raw.digest())).hasValue(raw);
      assertThat(saved.config().digest()).isEqualTo(image.config().digest());
      assertThat(Digest.of(store.blob(saved.config()))).isEqualTo(image.config().digest());
      List<Digest> diffIds = image.layers().stream().map(Layer::diffId).toList();
      assertThat(saved.layers()).map(Descriptor::digest).isEqualTo(diffIds);
      assertThat(saved.layers()).map(Descriptor::mediaType).containsOnly(MediaTypes.OCI_LAYER);
      for (Descriptor layer : saved.layers()) {
        try (InputStream in = store.open(layer, Progress.SILENT)) {
          assertThat(Digest.of(in.readAllBytes())).isEqualTo(layer.digest());
        }
      }
      assertThat(ImageConfig.read("saved", store.blob(saved.config())).diffIds())
          .isEqualTo(diffIds);
    }
    try (var left = Files.list(folder.resolve("staging"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void anEngineKilledMidwayHasNoTag() throws IOException {
    Image image = image("killed", "one");
    try (DockerEngine victim = DockerEngine.start();
        EngineProxy before = EngineProxy.before(victim)) {
      before.after(300_000, victim::kill);
      try (EngineStore store = store("killed", before.host())) {
        image.putInto(store);
        assertThatThrownBy(() -> store.put(image.manifest(), "1"))
            .isInstanceOf(UnavailableException.class)
            .hasMessageStartingWith(
                "The Docker Engine at '" + before.host() + "' does not answer: ");
      }
      victim.restart();
      try (EngineStore store = store("killed", before.host())) {
        assertThat(store.imageId("1")).isEmpty();
        image.putInto(store);
        store.put(image.manifest(), "1");
        assertThat(store.imageId("1")).hasValue(image.config().digest());
      }
    }
  }

  @Test
  void aLayerThatIsNotWhatItsDigestSaysIsRefusedByTheEngine() throws IOException {
    Image image = image("lie", "one");
    Layer honest = image.layers().get(1);
    byte[] other = layer("opt/lie", "another").blob().open().readAllBytes();
    byte[] padded = java.util.Arrays.copyOf(other, Math.toIntExact(honest.blob().size()));
    try (EngineStore store = store("lie")) {
      image.putInto(store);
      store.put(
          new Blob(honest.blob().digest(), padded.length, () -> new ByteArrayInputStream(padded)),
          Progress.SILENT);
      assertThatThrownBy(() -> store.put(image.manifest(), "1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith(
              "The Docker Engine at '" + proxy.host() + "' did not take 'registry.example/lie:1': ")
          .hasMessageEndingWith(
              ". Look into the engine's log and at the free space of its disk, then build again.");
      assertThat(store.imageId("1")).isEmpty();
    }
  }

  @Test
  void aLayerThatChangesWhileItIsSentStopsTheLoad() throws IOException {
    Image image = image("torn", "one");
    Layer layer = image.layers().get(1);
    try (EngineStore store = store("torn")) {
      image.putInto(store);
      store.put(
          new Blob(
              layer.blob().digest(),
              layer.blob().size(),
              () -> new ByteArrayInputStream(new byte[7])),
          Progress.SILENT);
      assertThatThrownBy(() -> store.put(image.manifest(), "1"))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "'blobs/sha256/"
                  + layer.blob().digest().hex()
                  + "' changed while the Docker Engine was given it. Build again, and let nothing"
                  + " write into the build's output at the same time.");
      assertThat(store.imageId("1")).isEmpty();
    }
  }

  @Test
  void ofAnIndexTheEnginesPlatformIsLoaded() {
    Platform here = new Platform("linux", platform(), null);
    LayoutFolder official =
        TinyBase.writeTo(folder.resolve("official"), Platform.parse("linux/s390x"), here);
    LayoutFolder golden = GoldenFixture.of(official).writeTo(folder.resolve("golden"));
    RawManifest index = golden.manifest("21");
    try (ImageStore source = new LayoutStore(golden.path());
        EngineStore store = store("twins")) {
      assertThat(store.platform()).isEqualTo(here);
      copyChildren(golden, source, index, store);
      assertThat(store.holds(index, "21")).isFalse();
      store.put(index, "21");
      assertThat(store.holds(index, "21")).isTrue();
      assertThat(
              engine.docker(
                  "inspect", "--format", "{{.Architecture}}", "registry.example/twins:21"))
          .isEqualTo(here.architecture() + "\n");
    }
  }

  @Test
  void anIndexWithoutTheEnginesPlatformIsRefused() {
    LayoutFolder official =
        TinyBase.writeTo(
            folder.resolve("official"),
            Platform.parse("linux/s390x"),
            Platform.parse("linux/riscv64"));
    RawManifest index = official.manifest(TinyBase.TAG);
    try (ImageStore source = new LayoutStore(official.path());
        EngineStore store = store("foreign")) {
      copyChildren(official, source, index, store);
      assertThatThrownBy(() -> store.put(index, "1"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The Docker Engine at '%s' runs 'linux/%s', but 'docker-daemon:registry.example/foreign'"
                      .formatted(proxy.host(), platform())
                  + " would be for 'linux/s390x', 'linux/riscv64'. Name a base for the engine's"
                  + " platform in <base> (-Dgolden.base), or that platform in 'platforms' of"
                  + " golden.yaml; or let <image> (-Dgolden.image) or 'to' of golden.yaml name a"
                  + " registry.");
    }
  }

  @Test
  void statementsAreRefused() {
    try (EngineStore store = store("statements")) {
      Digest digest = Digest.of(new byte[0]);
      assertThat(store.referrers(digest)).isEmpty();
      RawManifest statement = TinyBase.writeTo(folder.resolve("any")).manifest(TinyBase.TAG);
      assertThatThrownBy(() -> store.attach(statement))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'docker-daemon:registry.example/statements' cannot keep statements about images: it"
                  + " is in a Docker Engine. Let <image> (-Dgolden.image) or 'to' of golden.yaml"
                  + " name a registry or an OCI layout folder.");
    }
  }

  private static MemoryStore base(Image image) {
    MemoryStore base = new MemoryStore("registry.example/golden");
    base.put(image.layers().get(0).blob(), Progress.SILENT);
    base.calls.clear();
    return base;
  }

  private static String platform() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }

  private static void copyChildren(
      LayoutFolder folder, ImageStore source, RawManifest index, EngineStore store) {
    for (Descriptor entry : new io.github.goldenmaven.oci.ImageIndex(index).manifests()) {
      ImageManifest child = new ImageManifest(folder.manifest(entry));
      store.put(Blob.of(folder.bytes(child.config().digest())), Progress.SILENT);
      child.layers().forEach(layer -> store.mount(layer, source));
      store.put(child.raw());
    }
  }

  private void put(Image image, String name) {
    try (EngineStore store = store(name)) {
      image.putInto(store);
      store.put(image.manifest(), "1");
    }
  }

  private EngineStore store(String name) {
    return store(name, proxy.host());
  }

  private EngineStore store(String name, String host) {
    DaemonReference reference =
        (DaemonReference) ImageReference.parse("docker-daemon:registry.example/" + name + ":1");
    return EngineStore.open(reference, folder.resolve("staging"), Map.of("DOCKER_HOST", host));
  }

  /** A layer with the static init of the docker package, 700 KB, and a small one on it. */
  private Image image(String name, String content) throws IOException {
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

  private Layer layer(String path, String content) {
    return LayerWriter.write(
        List.of(file(path, content.getBytes(StandardCharsets.UTF_8))),
        Compression.DEFLATED,
        folder.resolve(Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex()));
  }

  private static LayerEntry file(String path, byte[] bytes) {
    return new LayerEntry.File(
        path, bytes.length, () -> new ByteArrayInputStream(bytes), 0644, Owner.ROOT, Instant.EPOCH);
  }

  private record Image(Blob config, List<Layer> layers) {

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
