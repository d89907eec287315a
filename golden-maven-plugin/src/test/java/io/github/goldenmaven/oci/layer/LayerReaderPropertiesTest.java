package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.GoldenException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

class LayerReaderPropertiesTest extends LayerPropertiesFixture {

  // Hostile input

  @Property(tries = 2000)
  void randomBytesEndInAGoldenException(@ForAll byte[] bytes) {
    endsWell(bytes);
  }

  @Property(tries = 2000)
  void randomBytesBehindAGzipHeaderEndInAGoldenException(@ForAll byte[] bytes) {
    byte[] gzip = new byte[10 + bytes.length];
    gzip[0] = 0x1f;
    gzip[1] = (byte) 0x8b;
    gzip[2] = 8;
    System.arraycopy(bytes, 0, gzip, 10, bytes.length);
    endsWell(gzip);
  }

  @Property(tries = 200)
  @Tag("sweep")
  void aChangedByteOfAnArchiveEndsWell(
      @ForAll("layers") List<LayerEntry> entries, @ForAll Random random) throws IOException {
    byte[] gzip = write(entries, Compression.DEFLATED);
    byte[] tar = Gunzip.all(gzip);
    for (int i = 0; i < 20; i++) {
      endsWell(changed(gzip, random));
      endsWell(changed(tar, random));
      endsWell(resealed(changed(tar, random)));
      endsWell(Arrays.copyOf(tar, random.nextInt(tar.length)));
      endsWell(Arrays.copyOf(gzip, random.nextInt(gzip.length)));
    }
  }

  private static byte[] changed(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    // Headers are where it hurts.
    int at =
        random.nextBoolean()
            ? random.nextInt(Math.min(1024, bytes.length))
            : random.nextInt(bytes.length);
    changed[at] = (byte) random.nextInt(256);
    return changed;
  }

  /** Mends the checksums, so that a changed field is looked at. */
  private static byte[] resealed(byte[] tar) {
    for (int block = 0; block + 512 <= tar.length; block += 512) {
      if (tar[block + 257] == 'u' && tar[block + 258] == 's') {
        Arrays.fill(tar, block + 148, block + 156, (byte) ' ');
        int sum = 0;
        for (int i = block; i < block + 512; i++) {
          sum += tar[i] & 0xFF;
        }
        byte[] octal = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, tar, block + 148, 8);
      }
    }
    return tar;
  }

  private static void endsWell(byte[] bytes) {
    long before = System.nanoTime();
    try (LayerReader reader =
        LayerReader.open(
            "The layer 'x'",
            new ByteArrayInputStream(bytes),
            new LayerReader.Limits(10_000, 64 << 20, 200))) {
      Optional<TarEntry> entry;
      do {
        entry = reader.next();
        entry.ifPresent(LayerReaderPropertiesTest::assertPlain);
      } while (entry.isPresent());
      reader.diffId();
    } catch (GoldenException expected) {
      assertThat(expected.problem()).startsWith("The layer 'x' ").endsWith(".");
      assertThat(expected.problem()).doesNotContainPattern("\\p{Cntrl}");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }

  private static void assertPlain(TarEntry entry) {
    assertThat(entry.path().split("/", -1)).doesNotContain(".", "..");
    assertThat(entry.path()).doesNotStartWith("/").doesNotContain("//").doesNotEndWith("/");
    assertThat(entry.size()).isNotNegative();
    assertThat(entry.mode()).isBetween(0, 07777);
    assertThat(entry.xattrs()).isNotNull();
    assertThat(entry.removes().isPresent())
        .isEqualTo(
            entry.type() == TarEntry.Type.WHITEOUT
                || entry.type() == TarEntry.Type.OPAQUE_WHITEOUT);
  }
}
