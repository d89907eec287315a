package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerReaderEndTest extends LayerReaderFixture {

  /** Umoci's insert leaves its layers so, and all runtimes take them. */
  @Test
  void aLayerMayEndBehindItsLastEntry() {
    byte[] cut = new RawTar().file("a", "abc").file("b", "x".repeat(600)).cut();
    for (int end = 2 * 512 + 512 + 600; end <= cut.length; end++) {
      byte[] bytes = Arrays.copyOf(cut, end);
      for (byte[] stored : List.of(bytes, gzip(bytes))) {
        try (LayerReader reader = openLayer(stored)) {
          assertThat(reader.next().orElseThrow().path()).isEqualTo("a");
          assertThat(reader.next().orElseThrow().path()).isEqualTo("b");
          assertThat(reader.next()).isEmpty();
          assertThat(reader.next()).isEmpty();
          assertThat(reader.diffId()).isEqualTo(Digest.of(bytes));
        }
      }
    }
  }

  @Test
  void aLayerThatEndsElsewhereIsCutOff() {
    byte[] whole =
        new RawTar().file("a", "abc").pax('x', "path=b").file("b", "x".repeat(600)).cut();
    int entry = 2 * 512;
    for (int length = 0; length < whole.length - 424; length += 50) {
      if (length >= 512 + 3 && length <= entry) {
        continue;
      }
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(
              () -> {
                try (LayerReader reader = openLayer(cut)) {
                  reader.diffId();
                }
              })
          .as("%d bytes", length)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("ends before it is complete");
    }
  }

  private static LayerReader openLayer(byte[] stored) {
    return LayerReader.open(
        "The layer 'x'",
        stored.length > 0 && stored[0] == 0x1f ? MediaTypes.OCI_LAYER_GZIP : MediaTypes.OCI_LAYER,
        new ByteArrayInputStream(stored),
        LayerReader.Limits.DEFAULT);
  }

  @Test
  void refusesWhatComesAfterTheEnd() {
    assertRefused(
        new RawTar().file("a", "").raw(new byte[512]).file("b", "").end(),
        "has more bytes after its end");
    byte[] padded = Arrays.copyOf(new RawTar().file("a", "").end(), 10240);
    padded[10239] = 1;
    assertRefused(padded, "has more bytes after its end");
  }

  @Test
  void refusesMoreEntriesThanTheLimit() {
    byte[] tar = new RawTar().file("a", "").pax('g', "comment=x").file("b", "").end();
    assertRefused(tar, new LayerReader.Limits(2, 1 << 20, 200), "has more than 2 entries");
    assertThat(entries(tar, new LayerReader.Limits(3, 1 << 20, 200))).hasSize(2);
  }

  @Test
  void refusesMoreBytesThanTheLimit() {
    byte[] tar = new RawTar().file("a", "x".repeat(10_000)).end();
    assertRefused(
        gzip(tar),
        new LayerReader.Limits(10, tar.length - 1, 200),
        "has more than " + (tar.length - 1) + " bytes once decompressed");
    assertThat(entries(gzip(tar), new LayerReader.Limits(10, tar.length, 200))).hasSize(1);
    assertRefused(tar, new LayerReader.Limits(10, 5_000, 200), "is stored in more than 5000 bytes");
  }

  @Test
  void tellsABrokenConnectionFromABrokenLayer() {
    byte[] gzip = gzip(new RawTar().file("a", "").end());
    InputStream breaks =
        new FilterInputStream(new ByteArrayInputStream(gzip)) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, Math.min(20, length));
            if (read < 0) {
              throw new IOException("Connection reset");
            }
            return read;
          }
        };
    try (LayerReader reader =
        LayerReader.open("The layer 'x'", breaks, LayerReader.Limits.DEFAULT)) {
      assertThatThrownBy(reader::diffId)
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The layer 'x' could not be read: Connection reset. Run the goal again; when it"
                  + " stays, look whether the store it comes from answers.");
    }
  }
}
