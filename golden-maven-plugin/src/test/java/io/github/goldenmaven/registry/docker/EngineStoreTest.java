package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.MemoryStore;
import io.github.goldenmaven.registry.layout.LayoutStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

@NeedsPeer({"docker", "dockerd", "ip"})
class EngineStoreTest extends EngineStoreFixture {

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
      assertThat(store.kind().keepsManifests()).isFalse();
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
}
