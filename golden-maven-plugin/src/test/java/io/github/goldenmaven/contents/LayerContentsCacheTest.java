package io.github.goldenmaven.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerContentsCacheTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
  private static final Digest LAYER = Digest.of(new byte[0]);

  @TempDir Path folder;

  @Test
  void givesBackWhatWasKept() {
    LayerContents kept =
        contents(
            """
            d1777 tmp
            f4755 etc/passwd root
            f etc/group
            f bin/large %s
            l etc/link ../bin/large
            h etc/hard bin/large
            c dev/null
            f .wh.gone
            f etc/.wh..wh..opq
            """
                .formatted("x".repeat(100_000)));
    cache().keep(LAYER, kept);

    LayerContents found = cache().find(LAYER).orElseThrow();

    assertThat(found.diffId()).isEqualTo(kept.diffId());
    assertThat(found.changes().stream().map(LayerContentsCacheTest::told))
        .containsExactlyElementsOf(
            kept.changes().stream().map(LayerContentsCacheTest::told).toList())
        .contains(
            "FILE etc/passwd  4 4755 0:0 %s root"
                .formatted(Digest.of("root".getBytes(StandardCharsets.UTF_8))),
            "WHITEOUT gone  0 644 0:0 - -",
            "OPAQUE_WHITEOUT etc  0 644 0:0 - -",
            "HARD_LINK etc/hard bin/large 0 644 0:0 - -");
  }

  @Test
  void largeFilesAreNotHashedOneByOneUnlessABakeEditsThem() {
    String large = "x".repeat((1 << 20) + 1);
    LayerContents kept =
        contents("f bin/java %s\nf etc/java/cacerts %s\nf bin/sh %s".formatted(large, large, "x"));
    cache().keep(LAYER, kept);

    LayerContents found = cache().find(LAYER).orElseThrow();

    assertThat(found.changes().stream().map(change -> change.content().isPresent()))
        .containsExactly(false, true, true);
    assertThat(found.changes().get(0).size()).isEqualTo(large.length());
    assertThat(found.changes().get(1).bytes().orElseThrow()).hasSize(large.length());
  }

  private static String told(LayerChange change) {
    return "%s %s %s %d %o %d:%d %s %s"
        .formatted(
            change.type(),
            change.path(),
            change.link(),
            change.size(),
            change.mode(),
            change.owner().uid(),
            change.owner().gid(),
            change.content().map(Digest::toString).orElse("-"),
            change.bytes().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("-"));
  }

  @Test
  void keepsNamesThatAreNoText() {
    byte[] tar = LayerStack.tar("f caf\u00e9 1");
    LayerContents kept = LayerContents.read("The layer", new ByteArrayInputStream(tar));
    cache().keep(LAYER, kept);

    assertThat(cache().find(LAYER).orElseThrow().changes().get(0).path()).isEqualTo("caf\udce9");
  }

  @Test
  void aDamagedFileCountsAsNone() throws IOException {
    cache().keep(LAYER, contents("f etc/passwd root\nl a b"));
    Path file = folder.resolve(LAYER.hex() + ".contents");
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      assertThat(cache().find(LAYER)).as("byte %d", at).isEmpty();
      Files.write(file, Arrays.copyOf(whole, at));
      assertThat(cache().find(LAYER)).as("cut at %d", at).isEmpty();
    }
    Files.write(file, whole);
    assertThat(cache().find(LAYER)).isPresent();
  }

  @Test
  void aFileWhoseChecksumFitsIsReadStrictlyAllTheSame() throws IOException {
    cache().keep(LAYER, contents("f etc/passwd root\nl a b"));
    Path file = folder.resolve(LAYER.hex() + ".contents");
    byte[] whole = Files.readAllBytes(file);
    byte[] body = Arrays.copyOf(whole, whole.length - Long.BYTES);
    for (int at = 0; at < body.length; at++) {
      byte[] changed = body.clone();
      changed[at] ^= (byte) 0xF0;
      Files.write(file, sealed(changed));
      cache().find(LAYER);
      Files.write(file, sealed(Arrays.copyOf(body, at)));
      assertThat(cache().find(LAYER)).as("cut at %d", at).isEmpty();
    }
    Files.write(file, sealed(Arrays.copyOf(body, body.length + 1)));
    assertThat(cache().find(LAYER)).as("a byte more").isEmpty();
  }

  private static byte[] sealed(byte[] body) {
    CRC32C sum = new CRC32C();
    sum.update(body);
    return ByteBuffer.allocate(body.length + Long.BYTES).put(body).putLong(sum.getValue()).array();
  }

  @Test
  void theFileOfAnotherLayerCountsAsNone() throws IOException {
    cache().keep(LAYER, contents("f a 1"));
    Digest other = Digest.of(new byte[1]);
    Files.copy(
        folder.resolve(LAYER.hex() + ".contents"), folder.resolve(other.hex() + ".contents"));

    assertThat(cache().find(other)).isEmpty();
  }

  @Test
  void forgetsWhatNoBakeHasUsedForThirtyDays() throws IOException {
    Digest used = Digest.of(new byte[1]);
    for (Digest layer : List.of(LAYER, used)) {
      cache().keep(layer, contents("f a 1"));
      Files.setLastModifiedTime(
          folder.resolve(layer.hex() + ".contents"), FileTime.from(NOW.minus(Duration.ofDays(31))));
    }
    assertThat(cache().find(used)).isPresent();

    cache().prune(NOW.minus(Duration.ofDays(30)));

    assertThat(cache().find(used)).isPresent();
    assertThat(cache().find(LAYER)).isEmpty();
  }

  @Test
  void saysThatTheFolderCannotBeWritten() throws IOException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "");
    LayerContentsCache cache = new LayerContentsCache(blocked, Clock.systemUTC());

    assertThatThrownBy(() -> cache.keep(LAYER, contents("f a 1")))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The cache folder '%s' cannot be written: %s. Make room there, or name another folder in <cache> or -Dgolden.cache."
                .formatted(blocked, blocked));
  }

  private static LayerContents contents(String layer) {
    return LayerContents.read("The layer", new ByteArrayInputStream(LayerStack.tar(layer)));
  }

  private LayerContentsCache cache() {
    return new LayerContentsCache(folder, Clock.fixed(NOW, ZoneOffset.UTC));
  }
}
