package io.github.goldenmaven.contents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.cache.CacheFiles;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.peers.ClassFiles;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.provenance.ClassVersion;
import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.jar.JarFacts;
import io.github.goldenmaven.provenance.jar.JarReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ScanCacheTest {

  /** Counts and lengths at and around what two bytes hold, with and without a sign. */
  private static final int[] BORDERS = {0, 1, 127, 128, 255, 256, 32_767, 32_768, 36_955, 65_536};

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
          new ClassVersions(List.of(new ClassVersions.Count(new ClassVersion(21, true), 3, "a.B"))),
          Map.of("app/libs/a.jar", jar()));

  private static JarFacts jar() {
    byte[] jar =
        new ClassFiles()
            .manifest("Main-Class: a.B", "Class-Path: b.jar")
            .with("a/B.class", 21)
            .jar();
    try (JarReader reader = new JarReader()) {
      return reader.read(new ByteArrayInputStream(jar), jar.length).orElseThrow();
    }
  }

  @TempDir private Path folder;

  @Test
  void givesBackWhatItKept() {
    ScanCache cache = new ScanCache(folder);
    cache.keep(LAYER);

    assertThat(cache.find(LAYER.digest())).hasValue(LAYER);
    assertThat(cache.find(LAYER.diffId())).isEmpty();
  }

  @Property(tries = 300)
  void givesBackWhateverLayersHold(@ForAll("layers") ScannedLayer layer) throws IOException {
    Path scans = Files.createTempDirectory("gm-scans-");
    try {
      ScanCache cache = new ScanCache(scans);
      cache.keep(layer);

      assertThat(cache.find(layer.digest())).hasValue(layer);
    } finally {
      Files.deleteIfExists(scans.resolve(layer.digest().hex() + ".scan"));
      Files.delete(scans);
    }
  }

  @Provide
  Arbitrary<ScannedLayer> layers() {
    // Half a surrogate stands for a byte that is no UTF-8.
    Arbitrary<String> texts =
        Arbitraries.strings().withChars("/a.\0\u00e9\uc8fc\udc80\ud83d\ude00").ofMaxLength(12);
    Arbitrary<Long> numbers = Arbitraries.longs();
    Arbitrary<ScannedEntry> entries =
        Combinators.combine(
                Arbitraries.of(TarEntry.Type.class),
                texts,
                texts,
                Arbitraries.integers(),
                numbers,
                numbers,
                texts.list().ofMaxSize(5))
            .as(ScannedEntry::new);
    return Combinators.combine(numbers, numbers, entries.list().ofMaxSize(9), texts.injectNull(0.3))
        .as(
            (size, content, all, protect) ->
                new ScannedLayer(
                    LAYER.digest(),
                    size,
                    content,
                    LAYER.diffId(),
                    all,
                    protect == null ? null : protect.replaceAll("[^\0-\u00ff]", "?"),
                    LAYER.classes(),
                    LAYER.jars()));
  }

  /** Of an entry of 36 955 attributes the names were read as entries. */
  @Test
  void givesBackAnyCountOfAttributesAndOfEntries() {
    ScanCache cache = new ScanCache(folder);
    for (int count : BORDERS) {
      List<String> attributes = IntStream.range(0, count).mapToObj(at -> "user.a" + at).toList();
      List<ScannedEntry> entries = new ArrayList<>(Collections.nCopies(count, entry(List.of())));
      entries.add(entry(attributes));
      ScannedLayer layer =
          new ScannedLayer(
              LAYER.digest(),
              3,
              4,
              LAYER.diffId(),
              entries,
              "x".repeat(count),
              LAYER.classes(),
              LAYER.jars());

      cache.keep(layer);

      assertThat(cache.find(layer.digest()).orElseThrow().equals(layer)).as("%d", count).isTrue();
    }
  }

  /** A text that the form cannot hold is no full disk: the layer is read each time. */
  @Test
  void keepsNoLayerWithATextThatIsTooLong() {
    ScanCache cache = new ScanCache(folder);

    cache.keep(
        new ScannedLayer(
            LAYER.digest(),
            3,
            4,
            LAYER.diffId(),
            List.of(entry(List.of("a".repeat(65_536)))),
            null,
            LAYER.classes(),
            LAYER.jars()));

    assertThat(cache.find(LAYER.digest())).isEmpty();
  }

  private static ScannedEntry entry(List<String> attributes) {
    return new ScannedEntry(TarEntry.Type.FILE, "a", "", 0644, 0, 0, attributes);
  }

  /** As 'chmod -R go-w' leaves what another user had put into a folder that was open to all. */
  @Test
  void believesNoFileThatAnotherUserHasOrCanWriteTo() throws IOException {
    ScanCache cache = new ScanCache(folder);
    cache.keep(LAYER);
    Path file = folder.resolve(LAYER.digest().hex() + ".scan");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(cache.find(LAYER.digest())).isEmpty();

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(cache.find(LAYER.digest())).isPresent();

    Path elsewhere = folder.resolve("elsewhere");
    Files.move(file, elsewhere);
    Files.createSymbolicLink(file, elsewhere);
    assertThat(cache.find(LAYER.digest())).isEmpty();

    Files.delete(file);
    Files.move(elsewhere, file);
    if (Machine.isRoot()) {
      Files.setAttribute(file, "unix:uid", 12_345);
      assertThat(cache.find(LAYER.digest())).isEmpty();
    }
  }

  /** A pipe in a cache would be waited for. */
  @Test
  @Timeout(20)
  void readsNoPipe() {
    Command.of("mkfifo", folder.resolve(LAYER.digest().hex() + ".scan").toString()).run();

    assertThat(new ScanCache(folder).find(LAYER.digest())).isEmpty();
    assertThat(CacheFiles.read(folder.resolve(LAYER.digest().hex() + ".scan"), 9)).isEmpty();
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
