package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerReaderCompressionTest extends LayerReaderFixture {

  // Gzip

  @Test
  void readsConcatenatedMembersAlsoFromAStreamThatNeverKnowsWhatIsAvailable() {
    byte[] tar = new RawTar().file("a", "1").file("b", "2").end();
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int at = 0; at < tar.length; at += 100) {
      members.writeBytes(gzip(Arrays.copyOfRange(tar, at, Math.min(at + 100, tar.length))));
      members.writeBytes(gzip(new byte[0]));
    }
    InputStream trickle =
        new FilterInputStream(new ByteArrayInputStream(members.toByteArray())) {
          @Override
          public int available() {
            return 0;
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return super.read(bytes, offset, Math.min(length, 1));
          }
        };

    try (LayerReader reader =
        LayerReader.open("The layer 'x'", trickle, LayerReader.Limits.DEFAULT)) {
      assertThat(reader.diffId()).isEqualTo(Digest.of(tar));
    }
  }

  @Test
  void readsAGzipHeaderWithNameCommentExtraFieldAndChecksum() {
    byte[] plain = gzip(new RawTar().file("a", "").end());
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    gzip.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0x1f, 1, 2, 3, 4, 0, 3});
    gzip.writeBytes(new byte[] {2, 0, 'e', 'x'});
    gzip.writeBytes("name\0comment\0".getBytes(StandardCharsets.ISO_8859_1));
    gzip.writeBytes(new byte[] {0, 0});
    gzip.write(plain, 10, plain.length - 10);

    assertThat(entries(gzip.toByteArray())).hasSize(1);
  }

  /** Padding to gzip(1); readers in Go take it for a broken member. */
  @Test
  void refusesZerosAfterTheLastMember() {
    byte[] gzip = gzip(new RawTar().file("a", "").end());
    for (int zeros : new int[] {1, 4096, 65 * 1024}) {
      assertRefused(Arrays.copyOf(gzip, gzip.length + zeros), "has more bytes after its end");
    }
  }

  /** Runtimes unpack it as the tar that it is said to be. */
  @Test
  void refusesWhatIsCompressedUnderTheMediaTypeOfAPlainTar() {
    byte[] gzip = gzip(new RawTar().file("a", "").end());
    for (byte[] bytes : List.of(gzip, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0})) {
      assertThatThrownBy(
              () ->
                  LayerReader.open(
                      "The layer 'x'",
                      MediaTypes.OCI_LAYER,
                      new ByteArrayInputStream(bytes),
                      LayerReader.Limits.DEFAULT))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith(
              "The layer 'x' is compressed, and its media type is that of a plain tar, which"
                  + " runtimes then read. Push the image again with gzip layers;");
    }
  }

  @Test
  void refusesGarbageAfterTheLastMember() {
    byte[] gzip = gzip(new RawTar().file("a", "").end());
    byte[] more = Arrays.copyOf(gzip, gzip.length + 20);
    more[gzip.length + 12] = 1;
    assertRefused(more, "has more bytes after its end");
    more[gzip.length] = 1;
    assertRefused(more, "is not valid gzip");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8, 30, 60})
  void refusesAGzipThatIsCutOff(int missing) {
    byte[] gzip = gzip(new RawTar().file("a", "abc").end());
    assertRefused(Arrays.copyOf(gzip, gzip.length - missing), "ends before it is complete");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void refusesAGzipWithAWrongChecksumOrLength(int fromTheEnd) {
    byte[] gzip = gzip(new RawTar().file("a", "abc").end());
    gzip[gzip.length - fromTheEnd] ^= 1;
    assertRefused(gzip, "is not valid gzip");
  }

  @ParameterizedTest
  @CsvSource({"fd377a585a00,xz", "425a68393141,bzip2"})
  void namesACompressionItCannotRead(String magic, String name) {
    byte[] bytes = java.util.HexFormat.of().parseHex(magic);
    assertThatThrownBy(() -> entries(bytes))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The layer 'x' is compressed with "
                + name
                + ", which this build cannot read. Push the image again with gzip layers; with"
                + " BuildKit that is '--output"
                + " type=image,compression=gzip,force-compression=true'.");
  }
}
