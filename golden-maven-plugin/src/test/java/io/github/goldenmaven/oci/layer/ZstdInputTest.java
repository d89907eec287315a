package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ZstdInputTest {

  private static final LayerReader.Limits LIMITS = new LayerReader.Limits(1000, 1L << 30, 200);

  @Test
  void readsALayerThatIsCompressedWithZstd() throws IOException {
    byte[] tar = tar(200_000);

    try (LayerReader reader = open(zstd(tar))) {
      assertThat(reader.next().orElseThrow().path()).isEqualTo("app/orders.txt");
      assertThat(reader.diffId()).isEqualTo(Digest.of(tar));
    }
  }

  @Test
  void readsSeveralFrames() throws IOException {
    byte[] tar = tar(200_000);
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.write(zstd(Arrays.copyOf(tar, 70_000)));
    frames.write(zstd(Arrays.copyOfRange(tar, 70_000, tar.length)));

    try (LayerReader reader = open(frames.toByteArray())) {
      assertThat(reader.diffId()).isEqualTo(Digest.of(tar));
    }
  }

  /** RFC 8878, 3.1.2: as writers of seekable streams put behind all. */
  @Test
  void passesOverSkippableFramesBetweenAndBehindOthers() throws IOException {
    byte[] tar = tar(200_000);
    byte[] one = zstd(Arrays.copyOf(tar, 70_000));
    byte[] other = zstd(Arrays.copyOfRange(tar, 70_000, tar.length));
    byte[] large = skippable(0x5f, 100_000, 100_000);

    for (byte[][] frames :
        new byte[][][] {
          {one, skippable(0x50, 4, 4), other},
          {one, skippable(0x5a, 0, 0), large, other},
          {one, other, large, skippable(0x51, 1, 1)}
        }) {
      try (LayerReader reader = open(joined(frames))) {
        assertThat(reader.next().orElseThrow().path()).isEqualTo("app/orders.txt");
        assertThat(reader.diffId()).isEqualTo(Digest.of(tar));
      }
    }
  }

  @Test
  void refusesASkippableFrameThatEndsTooEarlyOrIsNone() throws IOException {
    byte[] whole = zstd(tar(2_000));

    for (byte[] last :
        new byte[][] {
          skippable(0x50, 5, 4),
          skippable(0x50, -1, 400),
          Arrays.copyOf(skippable(0x50, 0, 0), 7),
          Arrays.copyOf(skippable(0x50, 0, 0), 3),
          skippable(0x60, 0, 0)
        }) {
      assertThatThrownBy(() -> read(joined(whole, last)))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith(
              "'the layer' is damaged: its zstd frames cannot be read to their end.");
    }
  }

  /**
   * Podman, CRI-O and skopeo read such a layer as a plain tar, whose entries the frame may hold.
   */
  @Test
  void refusesALayerThatBeginsWithASkippableFrame() throws IOException {
    byte[] tar = tar(2_000);
    byte[] hidden = skippable(0x5f, tar.length, tar.length);
    System.arraycopy(tar, 0, hidden, 8, tar.length);

    for (byte[] layer :
        new byte[][] {
          joined(hidden, zstd(tar)),
          joined(skippable(0x50, 4, 4), zstd(tar)),
          joined(skippable(0x50, 0, 0), skippable(0x50, 0, 0), zstd(tar)),
          skippable(0x50, 512, 512),
          skippable(0x50, 0, 0)
        }) {
      assertThatThrownBy(() -> read(layer))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'the layer' begins with a zstd frame that is to be skipped, which some runtimes read"
                  + " as a plain tar. Push the image again with gzip layers; with BuildKit that is"
                  + " '--output type=image,compression=gzip,force-compression=true'.");
    }
  }

  @Test
  void refusesMoreThanAMillionFrames() throws IOException {
    byte[] tar = tar(2_000);
    byte[] whole = zstd(tar);
    byte[] empty = zstd(new byte[0]);

    try (LayerReader reader = open(joined(whole, repeated(skippable(0x50, 0, 0), 999_999)))) {
      assertThat(reader.diffId()).isEqualTo(Digest.of(tar));
    }
    for (byte[] frame : new byte[][] {skippable(0x50, 0, 0), skippable(0x50, 1, 1), empty}) {
      assertThatThrownBy(() -> read(joined(whole, repeated(frame, 1_000_000))))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith("'the layer' has more than 1000000 zstd frames. ");
    }
  }

  private static byte[] repeated(byte[] frame, int times) {
    ByteBuffer frames = ByteBuffer.allocate(frame.length * times);
    while (frames.hasRemaining()) {
      frames.put(frame);
    }
    return frames.array();
  }

  /** A frame that says it has so many bytes, and has others. */
  private static byte[] skippable(int magic, int said, int has) {
    return ByteBuffer.allocate(8 + has)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x184D2A00 | magic)
        .putInt(said)
        .array();
  }

  private static byte[] joined(byte[]... frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      all.writeBytes(frame);
    }
    return all.toByteArray();
  }

  @Test
  void refusesFramesThatEndTooEarlyOrGoOnAfterTheirEnd() throws IOException {
    byte[] whole = zstd(tar(200_000));

    for (byte[] damaged :
        new byte[][] {
          Arrays.copyOf(whole, whole.length - 1), Arrays.copyOf(whole, whole.length + 9)
        }) {
      assertThatThrownBy(() -> read(damaged)).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  @Tag("sweep")
  void stopsABombWithinItsLimits() throws IOException {
    byte[] bomb = bomb();

    assertThatThrownBy(() -> read(bomb))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("grows to more than 200 times its size when decompressed");
  }

  /** Every byte of a small layer, changed to every other value. */
  @Test
  @Tag("sweep")
  void aChangedByteIsRefusedOrReadAsItIsAndNothingElse() throws IOException {
    byte[] whole = zstd(tar(2_000));
    assertThat(whole).hasSizeLessThan(400);

    for (int at = 0; at < whole.length; at++) {
      for (int value = 0; value < 256; value++) {
        byte[] bytes = whole.clone();
        bytes[at] = (byte) value;
        try {
          read(bytes);
        } catch (GoldenException refused) {
          assertThat(refused).hasMessageContaining("'the layer'");
        }
      }
    }
  }

  @Property(tries = 300)
  void anyBytesAfterTheMagicAreRefusedOrReadAsTheyAre(@ForAll byte[] bytes) {
    byte[] magic = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
    byte[] stored = Arrays.copyOf(magic, magic.length + bytes.length);
    System.arraycopy(bytes, 0, stored, magic.length, bytes.length);
    try {
      read(stored);
    } catch (GoldenException refused) {
      assertThat(refused).hasMessageContaining("'the layer'");
    }
  }

  /** A file of 400 MB of zeros, never whole in memory. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out =
        new TarArchiveOutputStream(new ZstdOutputStream(compressed))) {
      TarArchiveEntry entry = new TarArchiveEntry("app/zeros");
      entry.setSize(400_000_000);
      out.putArchiveEntry(entry);
      for (int megabyte = 0; megabyte < 400; megabyte++) {
        out.write(new byte[1_000_000]);
      }
      out.closeArchiveEntry();
    }
    return compressed.toByteArray();
  }

  private static void read(byte[] stored) {
    try (LayerReader reader = open(stored)) {
      reader.diffId();
    }
  }

  private static LayerReader open(byte[] stored) {
    return LayerReader.open("'the layer'", new ByteArrayInputStream(stored), LIMITS);
  }

  private static byte[] zstd(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(compressed)) {
      out.write(bytes);
    }
    return compressed.toByteArray();
  }

  /** A tar of one file of this many zeros. */
  private static byte[] tar(int size) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(tar)) {
      TarArchiveEntry entry = new TarArchiveEntry("app/orders.txt");
      entry.setSize(size);
      out.putArchiveEntry(entry);
      out.write(new byte[size]);
      out.closeArchiveEntry();
    }
    return tar.toByteArray();
  }
}
