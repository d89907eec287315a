package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerReaderTest extends LayerReaderFixture {

  // What the layer says

  @Test
  void handsOutEveryKindOfEntry() {
    byte[] tar =
        new RawTar()
            .entry('5', "etc/")
            .file("etc/passwd", "root:x:0:0\n")
            .entry('2', "etc/mtab", "", header -> RawTar.put(header, 157, "/proc/mounts"))
            .entry('1', "etc/group", "", header -> RawTar.put(header, 157, "./etc//passwd"))
            .entry('3', "dev/null", "", header -> devices(header, "0000001\0", "0000003\0"))
            .entry('4', "dev/sda", "", header -> devices(header, "0000010\0", "0000000\0"))
            .entry('6', "run/pipe")
            .file("etc/.wh.shadow", "")
            .file("opt/.wh..wh..opq", "")
            .file(".wh.boot", "")
            .file(".wh..wh..opq", "")
            .end();

    List<TarEntry> entries = entries(tar);

    assertThat(
            entries.stream().map(entry -> entry.type() + " " + entry.path() + " " + entry.link()))
        .containsExactly(
            "DIRECTORY etc ",
            "FILE etc/passwd ",
            "SYMBOLIC_LINK etc/mtab /proc/mounts",
            "HARD_LINK etc/group etc/passwd",
            "CHARACTER_DEVICE dev/null ",
            "BLOCK_DEVICE dev/sda ",
            "FIFO run/pipe ",
            "WHITEOUT etc/.wh.shadow ",
            "OPAQUE_WHITEOUT opt/.wh..wh..opq ",
            "WHITEOUT .wh.boot ",
            "OPAQUE_WHITEOUT .wh..wh..opq ");
    assertThat(entries.stream().flatMap(entry -> entry.removes().stream()))
        .containsExactly("etc/shadow", "opt", "boot", "");
    assertThat(entries.get(4).deviceMajor()).isEqualTo(1);
    assertThat(entries.get(4).deviceMinor()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(chars = {'0', '2', '5', '1'})
  void aWhiteoutIsOneWhateverKindOfEntryItIs(char type) {
    byte[] tar =
        new RawTar()
            .entry(type, "etc/.wh.passwd", "", header -> RawTar.put(header, 157, "somewhere"))
            .end();

    assertThat(entries(tar)).extracting(TarEntry::type).containsExactly(TarEntry.Type.WHITEOUT);
  }

  @ParameterizedTest
  @CsvSource({
    "etc/passwd,etc/passwd",
    "./etc/passwd,etc/passwd",
    "/etc/passwd,etc/passwd",
    "//etc///passwd,etc/passwd",
    "././etc/./passwd,etc/passwd",
    "/.//./etc/passwd,etc/passwd",
    "etc/..passwd,etc/..passwd",
    "etc\\passwd,etc\\passwd"
  })
  void spellsEveryPathOneWayAndKeepsTheRawOne(String raw, String path) {
    TarEntry entry = only(new RawTar().file(raw, "").end());

    assertThat(entry.path()).isEqualTo(path);
    assertThat(entry.rawPath()).isEqualTo(raw);
  }

  @ParameterizedTest
  @ValueSource(strings = {"./", "/", ".", "//", "/."})
  void theRootHasTheEmptyPath(String raw) {
    assertThat(only(new RawTar().entry('5', raw).end()).path()).isEmpty();
  }

  @Test
  void readsModeOwnerTimeAndSize() {
    TarEntry entry =
        only(
            new RawTar()
                .entry(
                    '0',
                    "a",
                    "12345",
                    header -> {
                      RawTar.put(header, 100, "0104755\0");
                      RawTar.put(header, 108, "   1750 ");
                      RawTar.put(header, 116, "1751\0\0\0\0");
                      RawTar.put(header, 136, "14000000000\0");
                    })
                .end());

    assertThat(entry.mode()).isEqualTo(04755);
    assertThat(entry.uid()).isEqualTo(1000);
    assertThat(entry.gid()).isEqualTo(1001);
    assertThat(entry.modified()).isEqualTo(1610612736L);
    assertThat(entry.size()).isEqualTo(5);
  }

  @Test
  void readsBase256Numbers() {
    TarEntry entry =
        only(
            new RawTar()
                .entry(
                    '0',
                    "a",
                    "",
                    header -> {
                      RawTar.put(header, 108, "\u0080\0\0\0\u00ff\u00ff\u00ff\u00fe");
                      RawTar.put(header, 136, "\u00ff".repeat(12));
                    })
                .end());

    assertThat(entry.uid()).isEqualTo(4294967294L);
    assertThat(entry.modified()).isEqualTo(-1);
  }

  @Test
  void anEntryOfMoreThan8GibIsAnnouncedWithItsSize() {
    byte[] base256 =
        new RawTar()
            .entry('0', "a", "", header -> RawTar.put(header, 124, "\u0080\0\0\0\0\0\0\3\0\0\0\0"))
            .cut();
    byte[] pax = new RawTar().pax('x', "size=12884901888").file("a", "").cut();

    for (byte[] tar : List.of(base256, pax)) {
      try (LayerReader reader = open(tar)) {
        assertThat(reader.next().orElseThrow().size()).isEqualTo(12884901888L);
      }
    }
  }

  @Test
  void paxRecordsOverrideTheHeaderAndAreHandedOut() {
    String longPath = "deep/".repeat(200) + "Grüße";
    TarEntry entry =
        only(
            new RawTar()
                .pax(
                    'x',
                    "path=" + octets(longPath),
                    "uid=4000000000",
                    "gid=4000000001",
                    "mtime=1700000000.75",
                    "size=3",
                    "SCHILY.xattr.security.capability=\u0001\0\0\u0002=\n\u00ff")
                .entry('0', "short", "abc", header -> RawTar.put(header, 124, "00000000003\0"))
                .end());

    assertThat(entry.path()).isEqualTo(longPath);
    assertThat(entry.uid()).isEqualTo(4000000000L);
    assertThat(entry.gid()).isEqualTo(4000000001L);
    assertThat(entry.modified()).isEqualTo(1700000000L);
    assertThat(entry.size()).isEqualTo(3);
    assertThat(entry.xattrs()).containsExactly("security.capability");
    assertThat(entry.pax())
        .contains(Map.entry("SCHILY.xattr.security.capability", "\u0001\0\0\u0002=\n\u00ff"));
  }

  @Test
  void paxAndGnuNamesAreForOneEntryOnly() {
    byte[] tar =
        new RawTar()
            .pax('x', "path=first")
            .file("x", "")
            .file("second", "")
            .entry('L', "././@LongLink", "third\0")
            .entry('K', "././@LongLink", "target\0")
            .entry('2', "x")
            .file("fourth", "")
            .end();

    assertThat(entries(tar).stream().map(entry -> entry.path() + ">" + entry.link()))
        .containsExactly("first>", "second>", "third>target", "fourth>");
  }

  @Test
  void aHarmlessGlobalHeaderIsPassedOver() {
    byte[] tar =
        new RawTar()
            .pax('g', "comment=c76ec73a", "mtime=5")
            .file("a", "")
            .pax('g', "comment=again")
            .end();

    assertThat(entries(tar)).extracting(TarEntry::modified).containsExactly(0L);
  }

  @Test
  void namesThatAreNotUtf8StayDifferent() {
    byte[] tar =
        new RawTar().file("caf\u00e9", "").file("caf\u00e8", "").file("caf\u00c3\u00a9", "").end();

    assertThat(entries(tar))
        .extracting(TarEntry::path)
        .containsExactly("caf\udce9", "caf\udce8", "café");
  }

  @Test
  void aUstarPrefixIsPartOfThePathAndAGnuOneIsNot() {
    byte[] tar =
        new RawTar()
            .entry('0', "name", "", header -> RawTar.put(header, 345, "prefix/dir"))
            .entry(
                '0',
                "name",
                "",
                header -> {
                  RawTar.put(header, 257, "ustar  \0");
                  RawTar.put(header, 345, "14000000000\00014000000000\0");
                })
            .entry(
                '0',
                "old",
                "",
                header -> {
                  Arrays.fill(header, 257, 512, (byte) 0);
                  RawTar.put(header, 345, "prefix");
                })
            .end();

    assertThat(entries(tar))
        .extracting(TarEntry::path)
        .containsExactly("prefix/dir/name", "name", "old");
  }

  @Test
  void contentIsReadSkippedOrLeftHalfRead() throws IOException {
    byte[] tar =
        new RawTar()
            .file("skipped", "s".repeat(1000))
            .file("half", "h".repeat(1000))
            .file("whole", "w".repeat(1000))
            .file("empty", "")
            .end();
    try (LayerReader reader = open(tar)) {
      reader.next();
      reader.next();
      InputStream half = reader.content();
      assertThat(half.readNBytes(513)).hasSize(513);
      reader.next();
      assertThat(half.read()).isEqualTo(-1);
      assertThat(new String(reader.content().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("w".repeat(1000));
      assertThat(reader.next().orElseThrow().path()).isEqualTo("empty");
      assertThat(reader.content().read()).isEqualTo(-1);
      assertThat(reader.next()).isEmpty();
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void theDiffIdIsThatOfTheWholeTarHoweverMuchWasLookedAt() {
    byte[] tar = new RawTar().file("a", "1").file("b", "2").raw(new byte[10240]).cut();
    try (LayerReader reader = open(gzip(tar))) {
      reader.next();
      assertThat(reader.diffId()).isEqualTo(Digest.of(tar));
      assertThat(reader.diffId()).isEqualTo(Digest.of(tar));
    }
  }

  @Test
  void oneZeroBlockIsEnoughOfAnEnd() {
    assertThat(entries(new RawTar().file("a", "").raw(new byte[512]).cut())).hasSize(1);
  }

  @Test
  void closesTheStream() {
    boolean[] closed = new boolean[1];
    InputStream in =
        new ByteArrayInputStream(new RawTar().file("a", "").end()) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    LayerReader.open("The layer 'x'", in, LayerReader.Limits.DEFAULT).close();
    assertThat(closed[0]).isTrue();
  }

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
