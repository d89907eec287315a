package io.github.goldenmaven.registry;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.cache.PushMemory;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.registry.AssembledImage.OwnBlob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of this subject share. */
abstract class ImagePushFixture {

  static final Blob BASE_LAYER = blob("base layer");

  static final Blob LIBRARIES = blob("libraries");

  static final Blob CLASSES = blob("classes");

  static final Blob OTHER_CLASSES = blob("other classes");

  @TempDir Path notes;
  final MemoryStore base = new MemoryStore("registry.example/golden/java");

  final MemoryStore target = new MemoryStore("registry.example/apps/orders");

  final RecordingConsole console = new RecordingConsole();

  @BeforeEach
  void theBaseHasItsLayer() {
    base.blobs.put(BASE_LAYER.digest(), "base layer".getBytes(StandardCharsets.UTF_8));
  }

  ImagePush push() {
    return push(notes);
  }

  ImagePush push(Path folder) {
    return new ImagePush(target, base, new PushMemory(folder), console);
  }

  static AssembledImage image(Blob classes) {
    Blob config = blob("config with " + classes.digest());
    RawManifest manifest =
        Manifests.image(
            descriptor(MediaTypes.OCI_CONFIG, config),
            List.of(
                descriptor(MediaTypes.OCI_LAYER_GZIP, BASE_LAYER),
                descriptor(MediaTypes.OCI_LAYER_GZIP, LIBRARIES),
                descriptor(MediaTypes.OCI_LAYER_GZIP, classes)));
    return new AssembledImage(
        manifest,
        List.of(),
        List.of(
            new OwnBlob("dependencies", LIBRARIES),
            new OwnBlob("classes", classes),
            new OwnBlob("config", config)),
        List.of(descriptor(MediaTypes.OCI_LAYER_GZIP, BASE_LAYER)));
  }

  static Descriptor descriptor(String mediaType, Blob blob) {
    return Descriptor.of(mediaType, blob.digest(), blob.size());
  }

  static Blob blob(String text) {
    return Blob.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
