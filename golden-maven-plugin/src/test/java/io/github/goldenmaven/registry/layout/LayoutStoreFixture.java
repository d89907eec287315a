package io.github.goldenmaven.registry.layout;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.registry.SmallImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of this subject share. */
abstract class LayoutStoreFixture {

  @TempDir Path temporary;
  Path folder;

  LayoutStore store;

  @BeforeEach
  void open() {
    folder = temporary.resolve("image");
    store = new LayoutStore(folder);
  }

  static Path blob(Path layout, Digest digest) {
    return layout.resolve("blobs/sha256").resolve(digest.hex());
  }

  ImageReference reference(String suffix) {
    return ImageReference.parse("oci:" + folder + suffix);
  }

  static final LayerEntry.Owner OURS = new LayerEntry.Owner(1001, 1002);

  static final Instant WRITTEN = Instant.parse("2026-11-23T01:02:03Z");

  static LayerEntry file(String path, String content, int mode) {
    byte[] bytes = SmallImage.utf8(content);
    return new LayerEntry.File(
        path, bytes.length, () -> new ByteArrayInputStream(bytes), mode, OURS, WRITTEN);
  }
}
