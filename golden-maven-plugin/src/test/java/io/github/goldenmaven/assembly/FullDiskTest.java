package io.github.goldenmaven.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.cache.LayerCache;
import io.github.goldenmaven.cache.PushMemory;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.peers.Command;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A limit on the size of files fails like a full disk, in the middle of a write. */
class FullDiskTest {

  @TempDir Path folder;

  @Test
  void aLayerLeavesNothingBehindAndItsRefusalNamesTheCacheParameter() throws IOException {
    assertThat(said("layers"))
        .matches(
            "The layer '\\Q"
                + folder
                + "\\E/\\.partial-[0-9a-f-]+' could not be written: IOException \\(File too"
                + " large\\)\\. Make room or fix the permissions there, or name another folder in"
                + " <cache> or -Dgolden\\.cache\\.\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDocumentLeavesNothingBehindAndItsRefusalNamesTheCacheParameter() throws IOException {
    assertThat(said("documents")).isEqualTo(cacheFailure());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aNoteOfAPushLeavesNothingBehindAndItsRefusalNamesTheCacheParameter() throws IOException {
    assertThat(said("pushed")).isEqualTo(cacheFailure());
    assertThat(folder).isEmptyDirectory();
  }

  private String cacheFailure() {
    return "The cache folder '"
        + folder
        + "' cannot be written: File too large. Make room there, or name another folder in <cache>"
        + " or -Dgolden.cache.\n";
  }

  private String said(String what) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String line =
        "ulimit -f 8; exec '%s' -XX:-UsePerfData -cp '%s' '%s' %s '%s'"
            .formatted(
                java, System.getProperty("java.class.path"), Child.class.getName(), what, folder);
    return Command.of("sh", "-c", line).timeout(Duration.ofMinutes(3)).run();
  }

  /** Runs where the disk is full. */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[1]);
      byte[] noise = new byte[64 * 1024];
      new Random(1).nextBytes(noise);
      try {
        switch (arguments[0]) {
          case "layers" -> layer(folder, noise);
          case "documents" -> new DocumentCache(folder).keep(Digest.of(noise), noise);
          default -> push(folder);
        }
        System.out.println("nothing");
      } catch (UnavailableException e) {
        System.out.println(e.getMessage());
      }
    }

    private static void layer(Path folder, byte[] noise) {
      LayerEntry file =
          new LayerEntry.File(
              "noise",
              noise.length,
              () -> new ByteArrayInputStream(noise),
              0644,
              LayerEntry.Owner.ROOT,
              Instant.EPOCH);
      new LayerCache(folder, Clock.systemUTC()).layer(List.of(file), Compression.DEFLATED);
    }

    private static void push(Path folder) {
      Set<Digest> blobs = new LinkedHashSet<>();
      for (int blob = 0; blob < 200; blob++) {
        blobs.add(Digest.of(new byte[] {(byte) blob, 1}));
      }
      new PushMemory(folder)
          .remember("apps/orders", "1", new PushMemory.Pushed(Digest.of(new byte[0]), blobs));
    }
  }
}
