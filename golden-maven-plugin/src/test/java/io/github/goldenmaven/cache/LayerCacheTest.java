package io.github.goldenmaven.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.LayerEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerCacheTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  @TempDir Path folder;

  @Test
  void findsALayerOfTheSameContentAgain() throws IOException {
    LayerCache.Cached first = cache().layer(entries("a"), Compression.DEFLATED);
    LayerCache.Cached second = cache().layer(entries("a"), Compression.DEFLATED);

    assertThat(first.found()).isFalse();
    assertThat(second.found()).isTrue();
    assertThat(second.layer().descriptor()).isEqualTo(first.layer().descriptor());
    assertThat(second.layer().diffId()).isEqualTo(first.layer().diffId());
    assertThat(Digest.of(second.layer().blob().open().readAllBytes()))
        .isEqualTo(first.layer().blob().digest());
  }

  @Test
  void takesOtherContentOfTheSameLengthForAnotherLayer() {
    LayerCache.Cached a = cache().layer(entries("a"), Compression.DEFLATED);
    LayerCache.Cached b = cache().layer(entries("b"), Compression.DEFLATED);

    assertThat(b.found()).isFalse();
    assertThat(b.layer().diffId()).isNotEqualTo(a.layer().diffId());
  }

  @Test
  void takesAnotherModeForAnotherLayer() {
    cache().layer(List.of(file("a", 0644)), Compression.DEFLATED);

    assertThat(cache().layer(List.of(file("a", 0755)), Compression.DEFLATED).found()).isFalse();
  }

  @Test
  void writesALayerAgainWhenItsFileWasCutOff() throws IOException {
    LayerCache.Cached first = cache().layer(entries("a"), Compression.DEFLATED);
    Path stored = folder.resolve(first.layer().blob().digest().hex() + ".tar.gz");
    Files.write(stored, new byte[] {1});

    LayerCache.Cached again = cache().layer(entries("a"), Compression.DEFLATED);

    assertThat(again.found()).isFalse();
    assertThat(Digest.of(again.layer().blob().open().readAllBytes()))
        .isEqualTo(first.layer().blob().digest());
  }

  @Test
  void writesALayerAgainWhenItsNoteIsDamaged() throws IOException {
    cache().layer(entries("a"), Compression.DEFLATED);
    for (String damage : List.of("", "x\ny\nz\nw", "\n\n\n\n", "0".repeat(64) + "\n-1\n\nq")) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path note : files.filter(file -> file.toString().endsWith(".layer")).toList()) {
          Files.writeString(note, damage);
        }
      }
      assertThat(cache().layer(entries("a"), Compression.DEFLATED).found()).isFalse();
    }
  }

  @Test
  void refusesAFileThatChangedBetweenItsTwoReadings() {
    byte[] first = "OLD!".getBytes(StandardCharsets.UTF_8);
    byte[] then = "NEW!".getBytes(StandardCharsets.UTF_8);
    AtomicInteger openings = new AtomicInteger();
    LayerEntry changing =
        new LayerEntry.File(
            "app/file",
            4,
            () -> new ByteArrayInputStream(openings.incrementAndGet() == 1 ? first : then),
            0644,
            LayerEntry.Owner.ROOT,
            Instant.ofEpochSecond(1));

    assertThatThrownBy(() -> cache().layer(List.of(changing), Compression.DEFLATED))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "A file changed while its layer was written. Run it again, and let nothing write to the"
                + " files that go into the image at the same time.");
    assertThat(cache().layer(entries("OLD!"), Compression.DEFLATED).found()).isFalse();
  }

  @Test
  void aLayerDamagedOnTheDiskIsToldAndHealsAtTheNextBuild() throws IOException {
    Blob blob = cache().layer(entries("a"), Compression.DEFLATED).layer().blob();
    Path stored = folder.resolve(blob.digest().hex() + ".tar.gz");
    Files.write(stored, new byte[Math.toIntExact(blob.size())]);
    Blob damaged = cache().layer(entries("a"), Compression.DEFLATED).layer().blob();

    assertThatThrownBy(() -> damaged.open().readAllBytes())
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The cached layer '"
                + stored
                + "' was damaged; it has been removed. Run the build again. When it happens again,"
                + " look at the disk, or name another folder in <cache> or -Dgolden.cache.");
    Blob healed = cache().layer(entries("a"), Compression.DEFLATED).layer().blob();
    assertThat(Digest.of(healed.open().readAllBytes())).isEqualTo(blob.digest());
  }

  @Test
  void aNoteWhoseFactsWereChangedCountsAsNone() throws IOException {
    cache().layer(entries("a"), Compression.DEFLATED);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path note : files.filter(file -> file.toString().endsWith(".layer")).toList()) {
        List<String> lines = new ArrayList<>(Files.readAllLines(note));
        lines.set(2, "0".repeat(64));
        Files.writeString(note, String.join("\n", lines));
      }
    }

    assertThat(cache().layer(entries("a"), Compression.DEFLATED).found()).isFalse();
  }

  private LayerCache cache() {
    return new LayerCache(folder, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static List<LayerEntry> entries(String content) {
    return List.of(file(content, 0644));
  }

  private static LayerEntry file(String content, int mode) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new LayerEntry.File(
        "app/file",
        bytes.length,
        () -> new ByteArrayInputStream(bytes),
        mode,
        LayerEntry.Owner.ROOT,
        Instant.ofEpochSecond(1));
  }
}
