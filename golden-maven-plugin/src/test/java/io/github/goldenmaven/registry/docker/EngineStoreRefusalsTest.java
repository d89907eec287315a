package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.EngineProxy;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.layout.LayoutStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

@NeedsPeer({"docker", "dockerd", "ip"})
class EngineStoreRefusalsTest extends EngineStoreFixture {

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
      assertThatThrownBy(() -> store.attach(List.of(statement)))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'docker-daemon:registry.example/statements' cannot keep statements about images: it"
                  + " is in a Docker Engine. Let <image> (-Dgolden.image) or 'to' of golden.yaml"
                  + " name a registry or an OCI layout folder.");
    }
  }
}
