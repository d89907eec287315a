package io.github.goldenmaven.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.registry.MemoryStore;
import io.github.goldenmaven.verify.RawLayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which layers are read a second time. */
class LayerScannerTest {

  @TempDir private Path folder;
  private final RecordingConsole console = new RecordingConsole();
  private LayerScanner scanner;
  private int broken;
  private final MemoryStore store =
      new MemoryStore("registry.example/apps/orders") {
        @Override
        public InputStream open(Descriptor layer, Progress progress) {
          InputStream stored = super.open(layer, progress);
          return broken-- > 0 ? breaking() : stored;
        }
      };

  @BeforeEach
  void openAScanner() {
    scanner = new LayerScanner(new LayerContentsCache(folder, Clock.systemUTC()), console);
  }

  private static InputStream breaking() {
    return new InputStream() {
      @Override
      public int read() {
        throw new RefusedException("The transfer has other bytes.", "Try again.");
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        return read();
      }
    };
  }

  private Descriptor put(byte[] layer) {
    Digest digest = Digest.of(layer);
    store.blobs.put(digest, layer);
    return Descriptor.of(MediaTypes.OCI_LAYER_GZIP, digest, layer.length);
  }

  @Test
  void aLayerThatATransferBrokeIsReadAgain() throws IOException {
    byte[] good;
    try (InputStream in = new RawLayer().file("app/x", "1").layer().blob().open()) {
      good = in.readAllBytes();
    }
    Descriptor layer = put(good);
    broken = 1;

    assertThatThrownBy(() -> scanner.scan(store, layer, LayerPurpose.GATE))
        .isInstanceOf(RefusedException.class);

    assertThat(scanner.scan(store, layer, LayerPurpose.GATE).entries()).hasSize(1);
  }

  @Test
  void aLayerThatIsRefusedForWhatItHoldsIsReadOnce() {
    Descriptor layer = put("no layer at all".getBytes(StandardCharsets.UTF_8));

    for (int image = 0; image < 3; image++) {
      assertThatThrownBy(() -> scanner.scan(store, layer, LayerPurpose.GATE))
          .isInstanceOf(RefusedException.class);
    }

    assertThat(store.calls).containsExactly("open " + layer.digest().shortHex());
  }
}
