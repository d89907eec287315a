package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.peers.Command;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory and time do not grow with what a layer holds, or says it holds. */
class BigLayerTest {

  private static final long GIB = 1L << 30;

  @TempDir Path folder;

  /** Runs in JVMs of their own: {@code BIG compression bytes file}. */
  public static final class Child {

    private Child() {}

    public static void main(String... arguments) throws IOException {
      Compression compression = Compression.valueOf(arguments[0]);
      long size = Long.parseLong(arguments[1]);
      Path file = Path.of(arguments[2]);
      LayerEntry.File entry =
          new LayerEntry.File(
              "big", size, () -> new Generated(size), 0644, LayerEntry.Owner.ROOT, Instant.EPOCH);
      try {
        Layer layer = LayerWriter.write(List.of(entry), compression, file);
        try (LayerReader reader =
            LayerReader.open("The layer 'x'", layer.blob().open(), LayerReader.Limits.DEFAULT)) {
          System.out.println(layer.diffId().equals(reader.diffId()) ? "same" : "different");
        }
      } catch (GoldenException e) {
        System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @Tag("sweep")
  @CsvSource({"STORED,1073741824", "DEFLATED,67108864"})
  void aLayerManyTimesTheHeapIsWrittenAndRead(String compression, String bytes) throws IOException {
    Path file = folder.resolve("layer");

    String said = java("", "-Xmx48m", compression, bytes, file.toString());

    assertThat(said).isEqualTo("same\n");
    assertThat(Files.size(file)).isGreaterThan(Long.parseLong(bytes));
  }

  @Test
  void aFullDiskLeavesNothingBehindAndNamesTheCacheParameter() throws IOException {
    Path file = folder.resolve("layer");

    // A limit on the size of files fails like a full disk, in the middle of a write.
    String said =
        java("ulimit -f 2048; ", "-XX:-UsePerfData", "STORED", "33554432", file.toString());

    assertThat(said)
        .isEqualTo(
            "UnavailableException: The layer '"
                + file
                + "' could not be written: IOException (File too large). Make room or fix the"
                + " permissions there, or name another folder in <cache> or -Dgolden.cache.\n");
    assertThat(folder).isEmptyDirectory();
  }

  private static String java(String before, String option, String... arguments) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String line =
        before
            + "exec '%s' %s -cp '%s' '%s' %s"
                .formatted(
                    java,
                    option,
                    System.getProperty("java.class.path"),
                    Child.class.getName(),
                    String.join(" ", arguments));
    return Command.of("sh", "-c", line).timeout(Duration.ofMinutes(3)).run();
  }

  @Test
  void aFileOfMoreThan8GibHasItsSizeInAPaxHeader() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    LayerEntry.File file =
        new LayerEntry.File(
            "big",
            12 * GIB,
            InputStream::nullInputStream,
            0644,
            LayerEntry.Owner.ROOT,
            Instant.EPOCH);
    new TarOutput(tar).header(file, "big".getBytes(StandardCharsets.US_ASCII));

    try (TarArchiveInputStream theirs =
            new TarArchiveInputStream(new ByteArrayInputStream(tar.toByteArray()));
        LayerReader ours =
            LayerReader.open(
                "The layer 'x'",
                new ByteArrayInputStream(tar.toByteArray()),
                LayerReader.Limits.DEFAULT)) {
      assertThat(theirs.getNextEntry().getSize()).isEqualTo(12 * GIB);
      assertThat(ours.next().orElseThrow().size()).isEqualTo(12 * GIB);
    }
  }

  @Test
  @Tag("sweep")
  @Timeout(30)
  void aBombIsRefusedLongBeforeItsEnd() throws IOException {
    AtomicLong made = new AtomicLong();
    InputStream zeros =
        new SequenceInputStream(new ByteArrayInputStream(bombHeader()), new Zeros(10 * GIB, made));
    InputStream bomb =
        new SequenceInputStream(
            new ByteArrayInputStream(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0}),
            new DeflaterInputStream(zeros, new Deflater(1, true)));

    assertRefusedAsBomb(bomb);
    assertThat(made).hasValueLessThan(GIB);
  }

  @Test
  @Tag("sweep")
  @Timeout(30)
  void aBombOfManyMembersIsRefusedLongBeforeItsEnd() throws IOException {
    byte[] member = gzip(new byte[16 << 20]);
    List<InputStream> members =
        Collections.nCopies(640, member).stream()
            .map(bytes -> (InputStream) new ByteArrayInputStream(bytes))
            .toList();
    InputStream bomb =
        new SequenceInputStream(
            new ByteArrayInputStream(gzip(bombHeader())),
            new SequenceInputStream(Collections.enumeration(members)));

    assertRefusedAsBomb(bomb);
    assertThat(members.get(639).available()).isEqualTo(member.length);
  }

  private static void assertRefusedAsBomb(InputStream bomb) {
    try (LayerReader reader = LayerReader.open("The layer 'x'", bomb, LayerReader.Limits.DEFAULT)) {
      assertThat(reader.next().orElseThrow().size()).isEqualTo(10 * GIB);
      assertThatThrownBy(reader::next)
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The layer 'x' grows to more than 200 times its size when decompressed. Have the"
                  + " image built and pushed again by a tool that writes plain OCI layers, and look"
                  + " at what pushed this one.");
    }
  }

  private static byte[] bombHeader() {
    return new RawTar()
        .entry(
            '0',
            "bomb",
            "",
            header -> RawTar.put(header, 124, "\u0080\0\0\0\0\0\0\u0002\u0080\0\0\0"))
        .cut();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(bytes);
    }
    return gzip.toByteArray();
  }

  /** Bytes that come from nowhere. */
  private static class Zeros extends InputStream {

    private final AtomicLong made;
    private long left;

    Zeros(long size, AtomicLong made) {
      this.left = size;
      this.made = made;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int part = (int) Math.min(left, length);
      fill(bytes, offset, part);
      left -= part;
      made.addAndGet(part);
      return part;
    }

    void fill(byte[] bytes, int offset, int length) {
      Arrays.fill(bytes, offset, offset + length, (byte) 0);
    }
  }

  /** Noise that repeats only far beyond deflate's window: nothing becomes small by itself. */
  private static final class Generated extends Zeros {

    private final byte[] noise = new byte[1 << 20];
    private int at;

    Generated(long size) {
      super(size, new AtomicLong());
      new Random(1).nextBytes(noise);
    }

    @Override
    void fill(byte[] bytes, int offset, int length) {
      for (int filled = 0; filled < length; ) {
        int part = Math.min(length - filled, noise.length - at);
        System.arraycopy(noise, at, bytes, offset + filled, part);
        at = (at + part) % noise.length;
        filled += part;
      }
    }
  }
}
