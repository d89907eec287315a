package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.TarEntry;
import io.github.goldenmaven.provenance.ClassVersion;
import io.github.goldenmaven.provenance.ClassVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanCacheTest {

  private static final ScannedLayer LAYER =
      new ScannedLayer(
          Digest.of(new byte[] {1}),
          3,
          4,
          Digest.of(new byte[] {2}),
          List.of(
              new ScannedEntry(
                  TarEntry.Type.SYMBOLIC_LINK, "a", "b", 0777, 1, 2, List.of("user.x", "user.y"))),
          "{}",
          new ClassVersions(
              List.of(new ClassVersions.Count(new ClassVersion(21, true), 3, "a.B"))));

  @TempDir private Path folder;

  @Test
  void givesBackWhatItKept() {
    ScanCache cache = new ScanCache(folder);
    cache.keep(LAYER);

    assertThat(cache.find(LAYER.digest())).hasValue(LAYER);
    assertThat(cache.find(LAYER.diffId())).isEmpty();
  }

  @Test
  void forgetsWhatIsOld() {
    ScanCache cache = new ScanCache(folder);
    cache.keep(LAYER);

    cache.prune(Instant.now().minusSeconds(60));
    assertThat(cache.find(LAYER.digest())).isPresent();
    cache.prune(Instant.now().plusSeconds(60));
    assertThat(cache.find(LAYER.digest())).isEmpty();
  }

  /** A scan that was changed would hide what a layer holds. */
  @Test
  void aChangedOrShortenedFileCountsAsAbsent() throws IOException {
    ScanCache cache = new ScanCache(folder);
    cache.keep(LAYER);
    Path file = folder.resolve(LAYER.digest().hex() + ".scan");
    byte[] whole = Files.readAllBytes(file);

    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      assertThat(cache.find(LAYER.digest())).as("byte %d", at).isEmpty();
    }
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
    assertThat(cache.find(LAYER.digest())).isEmpty();
  }
}
