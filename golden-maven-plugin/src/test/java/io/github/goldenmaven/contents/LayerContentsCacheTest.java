package io.github.goldenmaven.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.UnavailableException;
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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LayerContentsCacheTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
  private static final Digest LAYER = Digest.of(new byte[0]);

  /** Counts and lengths at and around what two bytes hold, with and without a sign. */
  private static final int[] BORDERS = {0, 1, 127, 128, 255, 256, 32_767, 32_768, 36_955, 65_536};

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
    cache().keep(kept);

    LayerContents found = cache().find(LAYER).orElseThrow();

    assertThat(found.diffId()).isEqualTo(kept.diffId());
    assertThat(found.entries().stream().map(LayerContentsCacheTest::told))
        .containsExactlyElementsOf(
            kept.entries().stream().map(LayerContentsCacheTest::told).toList())
        .contains(
            "FILE etc/passwd  4 4755 0:0 %s root"
                .formatted(Digest.of("root".getBytes(StandardCharsets.UTF_8))),
            "WHITEOUT .wh.gone  0 644 0:0 - -",
            "OPAQUE_WHITEOUT etc/.wh..wh..opq  0 644 0:0 - -",
            "HARD_LINK etc/hard bin/large 0 644 0:0 - -");
  }

  @Test
  void largeFilesAreNotHashedOneByOneUnlessABakeEditsThem() {
    String large = "x".repeat((1 << 20) + 1);
    LayerContents kept =
        contents("f bin/java %s\nf etc/java/cacerts %s\nf bin/sh %s".formatted(large, large, "x"));
    cache().keep(kept);

    LayerContents found = cache().find(LAYER).orElseThrow();

    assertThat(found.entries().stream().map(change -> change.content().isPresent()))
        .containsExactly(false, true, true);
    assertThat(found.entries().get(0).size()).isEqualTo(large.length());
    assertThat(found.entries().get(1).bytes().orElseThrow()).hasSize(large.length());
  }

  private static String told(ContentEntry change) {
    return "%s %s %s %d %o %d:%d %s %s"
        .formatted(
            change.type(),
            change.path(),
            change.link(),
            change.size(),
            change.mode(),
            change.uid(),
            change.gid(),
            change.content().map(Digest::toString).orElse("-"),
            change.bytes().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("-"));
  }

  @Test
  void keepsNamesThatAreNoText() {
    byte[] tar = LayerStack.tar("f caf\u00e9 1");
    LayerContents kept = ReadLayers.read("The layer", new ByteArrayInputStream(tar));
    cache().keep(kept);

    assertThat(cache().find(LAYER).orElseThrow().entries().get(0).path()).isEqualTo("caf\udce9");
  }

  @Test
  void aDamagedFileCountsAsNone() throws IOException {
    cache().keep(contents("f etc/passwd root\nl a b"));
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
    cache().keep(contents("f etc/passwd root\nl a b"));
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
    cache().keep(contents("f a 1"));
    Digest other = Digest.of(new byte[1]);
    Files.copy(
        folder.resolve(LAYER.hex() + ".contents"), folder.resolve(other.hex() + ".contents"));

    assertThat(cache().find(other)).isEmpty();
  }

  /** As 'chmod -R go-w' leaves what another user had put into a folder that was open to all. */
  @Test
  void believesNoFileThatAnotherUserHasOrCanWriteTo() throws IOException {
    LayerContentsCache cache = cache();
    cache.keep(contents("f a 1"));
    Path file = folder.resolve(LAYER.hex() + ".contents");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(cache.find(LAYER)).isEmpty();

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(cache.find(LAYER)).isPresent();

    Path elsewhere = folder.resolve("elsewhere");
    Files.move(file, elsewhere);
    Files.createSymbolicLink(file, elsewhere);
    assertThat(cache.find(LAYER)).isEmpty();

    Files.delete(file);
    Files.move(elsewhere, file);
    if (Machine.isRoot()) {
      Files.setAttribute(file, "unix:uid", 12_345);
      assertThat(cache.find(LAYER)).isEmpty();
    }
  }

  /** A pipe in a cache would be waited for. */
  @Test
  @Timeout(20)
  void readsNoPipe() {
    Command.of("mkfifo", folder.resolve(LAYER.hex() + ".contents").toString()).run();

    assertThat(cache().find(LAYER)).isEmpty();
    assertThat(CacheFiles.read(folder.resolve(LAYER.hex() + ".contents"), 9)).isEmpty();
  }

  /** What the gate asked is there as well, and after a bake's reading it is not. */
  @Test
  void givesBackWhatTheGateAsks() {
    KeptContent content = KeptContent.decoded("2 fa1 x");
    LayerFacts facts =
        new LayerFacts(
            content,
            new ClassVersions(
                List.of(new ClassVersions.Count(new ClassVersion(21, true), 3, "a.B"))),
            Map.of("app/libs/a.jar", jar()));
    LayerContents read = contents("f app/libs/a.jar 1\nf a x");
    cache().keep(read);
    assertThat(cache().find(LAYER).orElseThrow().factsOrNull()).isNull();

    cache().keep(new LayerContents(LAYER, 7, LAYER, read.entries(), facts));

    LayerContents found = cache().find(LAYER).orElseThrow();
    assertThat(found.size()).isEqualTo(7);
    assertThat(found.facts().classes()).isEqualTo(facts.classes());
    assertThat(found.facts().jars()).isEqualTo(facts.jars());
    assertThat(found.facts().kept().encoded()).isEqualTo(content.encoded());
  }

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

  /** Of an entry of 36 955 attributes the names were read as entries. */
  @Test
  void givesBackAnyCountOfAttributesAndOfEntries() {
    for (int count : BORDERS) {
      List<String> attributes = IntStream.range(0, count).mapToObj(at -> "user.a" + at).toList();
      List<ContentEntry> entries = new ArrayList<>(Collections.nCopies(count, entry(List.of())));
      entries.add(entry(attributes));
      entries.add(entry(List.of("a".repeat(count))));
      KeptContent kept = KeptContent.decoded("2 fa" + count + " " + "x".repeat(count));

      cache()
          .keep(
              new LayerContents(
                  LAYER, 3, LAYER, entries, new LayerFacts(kept, ClassVersions.NONE, Map.of())));

      LayerContents found = cache().find(LAYER).orElseThrow();
      assertThat(found.entries()).as("%d", count).hasSize(count + 2);
      assertThat(found.entries().get(count).attributes().equals(attributes)).isTrue();
      assertThat(found.entries().get(count + 1).attributes()).hasSize(1);
      assertThat(found.facts().kept().encoded()).isEqualTo(kept.encoded());
    }
  }

  private static ContentEntry entry(List<String> attributes) {
    return new ContentEntry(TarEntry.Type.FILE, "a", "", 0644, 0, 0xFFFFFFFFL, attributes);
  }

  /** A text that the form cannot hold is no full disk: the layer is read each time. */
  @Test
  void keepsNoLayerWithATextThatIsTooLong() {
    JarFacts jar =
        new JarFacts(
            ClassVersions.NONE, "a".repeat(65_536), null, List.of(), jar().names(), Map.of());
    LayerContents read = contents("f a.jar 1");

    cache()
        .keep(
            new LayerContents(
                LAYER,
                3,
                LAYER,
                read.entries(),
                new LayerFacts(LayerFacts.NONE.kept(), ClassVersions.NONE, Map.of("a.jar", jar))));

    assertThat(cache().find(LAYER)).isEmpty();
  }

  @Test
  void saysThatTheFolderCannotBeWritten() throws IOException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "");
    LayerContentsCache cache = new LayerContentsCache(blocked, Clock.systemUTC());

    assertThatThrownBy(() -> cache.keep(contents("f a 1")))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The cache folder '%s' cannot be written: %s. Make room there, or name another folder in <cache> or -Dgolden.cache."
                .formatted(blocked, blocked));
  }

  private static LayerContents contents(String layer) {
    return ReadLayers.read("The layer", new ByteArrayInputStream(LayerStack.tar(layer)));
  }

  private LayerContentsCache cache() {
    return new LayerContentsCache(folder, Clock.fixed(NOW, ZoneOffset.UTC));
  }
}
