package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.text.Printable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerReaderTest {

  private static final String REMEDY =
      " Have the image built and pushed again by a tool that writes plain OCI layers, and look at"
          + " what pushed this one.";

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

  // What is refused

  @ParameterizedTest
  @ValueSource(strings = {"..", "../etc", "etc/../../x", "/..", "etc/..", ""})
  void refusesAPathThatClimbsOrIsEmpty(String raw) {
    assertRefused(
        new RawTar().file(raw, "").end(),
        "has the path '" + raw + "', which is empty or has a '..' part");
  }

  @Test
  void refusesAHardLinkThatClimbs() {
    assertRefused(
        new RawTar().entry('1', "a", "", header -> RawTar.put(header, 157, "x/../../y")).end(),
        "has the path 'x/../../y', which is empty or has a '..' part");
  }

  @Test
  void refusesASymbolicLinkToNothing() {
    assertRefused(new RawTar().entry('2', "a").end(), "has an entry 'a' that is a link to nothing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"etc/.wh.", "etc/.wh..", "etc/.wh..."})
  void refusesAWhiteoutOfNoName(String name) {
    assertRefused(
        new RawTar().file(name, "").end(),
        "has an entry '" + name + "' that is a whiteout of no name");
  }

  @Test
  void refusesTheBookkeepingOfAufs() {
    assertRefused(
        new RawTar().entry('5', ".wh..wh.plnk/").end(),
        "has an entry '.wh..wh.plnk/' that is of AUFS's own bookkeeping");
  }

  @ParameterizedTest
  @ValueSource(chars = {'7', 'D', 'M', 'N', 'V', 'X', 'A', ' ', '\u001b', '\u00ff'})
  void refusesUnknownTypes(char type) {
    assertRefused(
        new RawTar().entry(type, "a").end(),
        "has an entry 'a' that is of the unknown type '" + Printable.of("" + type) + "'");
  }

  @Test
  void refusesSparseFilesOfEveryFormat() {
    byte[] old = new RawTar().entry('S', "a").end();
    byte[] pax = new RawTar().pax('x', "GNU.sparse.major=1").file("a", "").end();
    for (byte[] tar : List.of(old, pax)) {
      assertThatThrownBy(() -> entries(tar))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The layer 'x' has a sparse file, which readers unfold differently. Have it written"
                  + " again without sparse files: GNU tar without '--sparse'.");
    }
  }

  @Test
  void refusesAFileWithADirectorysName() {
    assertRefused(
        new RawTar().file("a/", "").end(),
        "has an entry 'a/' that is a file with a directory's name");
    assertRefused(
        new RawTar().file("./.", "").end(),
        "has an entry './.' that is a file with a directory's name");
  }

  @Test
  void anOldFileWhoseNameEndsInASlashIsADirectory() {
    assertThat(only(new RawTar().entry('\0', "a/").end()).type())
        .isEqualTo(TarEntry.Type.DIRECTORY);
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '4', '5', '6'})
  void refusesASizeOnWhatIsNoFile(char type) {
    assertRefused(
        new RawTar().entry(type, "a", "content", header -> RawTar.put(header, 157, "b")).end(),
        "has an entry 'a' that has a size though it is no file");
  }

  @Test
  void refusesAWrongChecksum() {
    byte[] tar = new RawTar().file("a", "").end();
    tar[0] = 'b';
    assertRefused(tar, "has a tar header with a wrong checksum");
  }

  @Test
  void acceptsTheChecksumOfOldTarsWithSignedBytes() {
    byte[] tar = new RawTar().file("\u00e9", "").end();
    int signed = -512;
    for (int i = 0; i < 512; i++) {
      signed += i >= 148 && i < 156 ? ' ' : tar[i] & 0xFF;
    }
    signed += 256;
    RawTar.put(tar, 148, "%06o\0 ".formatted(signed));

    assertThat(entries(tar)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "124,12,size",
    "108,8,uid",
    "116,8,gid",
    "100,8,mode",
  })
  void refusesNegativeNumbers(int at, int length, String field) {
    assertRefused(
        new RawTar()
            .entry('0', "a", "", header -> RawTar.put(header, at, "\u00ff".repeat(length)))
            .end(),
        "has a tar header with a negative " + field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000008\0", "12 34\0\0\0", "-000001\0", "0x00001\0"})
  void refusesWhatIsNoNumber(String number) {
    assertRefused(
        new RawTar().entry('0', "a", "", header -> RawTar.put(header, 108, number)).end(),
        "has a tar header whose uid is not a number");
  }

  @Test
  void refusesABase256NumberBeyondALong() {
    assertRefused(
        new RawTar()
            .entry(
                '0',
                "a",
                "",
                header -> RawTar.put(header, 124, "\u0080\0\0\u0001" + "\0".repeat(8)))
            .end(),
        "has a tar header whose size is not a number");
  }

  @Test
  void refusesTheFormatsWhosePrefixReadersDisagreeOn() {
    assertRefused(
        new RawTar().entry('0', "a", "", header -> RawTar.put(header, 508, "tar\0")).end(),
        "is in the format of star, whose long names readers disagree on");
    assertRefused(
        new RawTar()
            .entry(
                '0',
                "a",
                "",
                header -> {
                  RawTar.put(header, 257, "ustar  \0");
                  RawTar.put(header, 345, "etc/ssl");
                })
            .end(),
        "has a tar header whose access time is not a number");
    assertRefused(
        new RawTar().entry('0', "a", "", header -> RawTar.put(header, 257, "USTAR\00000")).end(),
        "is in no tar format this build knows");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "5 a=b\n",
        "7 a=b\n",
        "6 a=b",
        "6 a=bX",
        "5 =b\n",
        "6 abcd\n",
        "0 a=b\n",
        "99 a=b\n",
        "00000006 a=b\n",
        "6a=b\n",
        "3 \n",
        "-6 a=b\n"
      })
  void refusesAPaxHeaderThatIsNotMadeOfRecords(String body) {
    assertRefused(
        new RawTar().entry('x', "pax", body).file("a", "").end(),
        "has a PAX header that is not made of 'LENGTH KEY=VALUE' lines");
  }

  @ParameterizedTest
  @ValueSource(strings = {"path=", "path=a\0b", "linkpath=", "size=", "uid=\0", "gid="})
  void refusesAPaxRecordThatReadersTakeForDifferentThings(String record) {
    assertRefused(
        new RawTar().pax('x', record).file("a", "").end(),
        "has a PAX header with an empty or cut '" + record.substring(0, record.indexOf('=')) + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"size=-1", "size=+1", "size=1.0", "size=0x1", "uid=99999999999999999999"})
  void refusesAPaxNumberThatIsNone(String record) {
    String key = record.substring(0, record.indexOf('='));
    assertRefused(
        new RawTar().pax('x', record).file("a", "").end(),
        "has an entry 'a' that has a PAX '" + key + "' that is not a number");
  }

  @Test
  void refusesAPaxTimeThatIsNone() {
    assertRefused(
        new RawTar().pax('x', "mtime=yesterday").file("a", "").end(),
        "has an entry 'a' that has a PAX 'mtime' that is not a number");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path=b",
        "linkpath=b",
        "size=1",
        "uid=0",
        "gid=0",
        "SCHILY.xattr.security.capability=x"
      })
  void refusesAGlobalHeaderThatSomeReadersApply(String record) {
    assertRefused(
        new RawTar().pax('g', record).file("a", "").end(),
        "has a global PAX header with '"
            + record.substring(0, record.indexOf('='))
            + "', which some readers apply");
  }

  /** Readers in Go forget the pending header; GNU tar keeps it for the entry after. */
  @Test
  void refusesAGlobalHeaderBetweenAnEntryAndItsOwnHeader() {
    for (byte[] tar :
        List.of(
            new RawTar().pax('x', "path=b").pax('g', "comment=x").file("a", "").end(),
            new RawTar().entry('L', "l", "b\0").pax('g', "comment=x").file("a", "").end(),
            new RawTar().entry('K', "l", "b\0").pax('g', "comment=x").entry('2', "a").end(),
            new RawTar().pax('x', "size=1").pax('g').file("a", "").end())) {
      assertRefused(
          tar,
          "has a global PAX header between an entry and the header that is about it: some readers"
              + " forget that one");
    }
  }

  /** To containerd and umoci the name of a global header is that of an entry. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "etc/ssl/.wh.cert.pem",
        "etc/ssl/cert.pem",
        ".wh..wh..opq",
        ".wh.etc",
        "etc",
        "tmp/GlobalHead.1",
        "x/pax_global_header",
        ""
      })
  void refusesAGlobalHeaderWithTheNameOfAFile(String name) {
    String refused =
        "has a global PAX header named '%s', which some runtimes take for the name of a file";
    String records = "13 comment=x\n";
    assertRefused(
        new RawTar().entry('g', name, records).file("a", "").end(), refused.formatted(name));
    assertRefused(
        new RawTar()
            .entry(
                'g', "pax_global_header", records, header -> RawTar.put(header, 345, "etc/.wh.ssl"))
            .end(),
        refused.formatted("etc/.wh.ssl/pax_global_header"));
  }

  @Test
  void aNameThatGlobalHeadersHaveIsNoFiles() {
    for (String name : List.of("pax_global_header", "./@PaxHeader/a")) {
      assertRefused(
          new RawTar().file(name, "").end(),
          "has an entry '"
              + name
              + "' that has the name of a global PAX header, which some runtimes remove");
    }
    assertThat(entries(new RawTar().entry('g', "././@PaxHeader", "").file("a", "").end()))
        .hasSize(1);
  }

  /** Overlayfs hides, moves or changes files by these, and fuse-overlayfs by names of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "user.fuseoverlayfs.opaque",
        "user.fuseoverlayfs.override_stat",
        "user.overlay.opaque",
        "user.overlay.redirect",
        "user.containers.override_stat",
        "user.rootlesscontainers",
        "trusted.overlay.opaque",
        "trusted.glusterfs.dht"
      })
  void refusesAnExtendedAttributeThatStorageDriversObey(String name) {
    for (String record : List.of("SCHILY.xattr.", "LIBARCHIVE.xattr.")) {
      assertRefused(
          new RawTar().pax('x', record + name + "=y").entry('5', "etc/ssl").end(),
          "has an entry 'etc/ssl' with the extended attribute '"
              + name
              + "', by which some storage drivers change or hide files");
    }
  }

  @Test
  void refusesAnExtendedAttributeThatNoFileSystemHolds() {
    for (String name : List.of("", "user." + "x".repeat(251), "user." + "x".repeat(70_000))) {
      String shown = name.length() > 64 ? name.substring(0, 64) + "…" : name;
      assertRefused(
          new RawTar().pax('x', "SCHILY.xattr." + name + "=y").file("a", "").end(),
          "has an entry 'a' with the extended attribute '"
              + shown
              + "', whose name has not 1 to 255 bytes");
    }
    assertThat(
            only(new RawTar()
                    .pax('x', "SCHILY.xattr.user." + "x".repeat(250) + "=y")
                    .file("a", "")
                    .end())
                .xattrs())
        .hasSize(1);
  }

  @Test
  void refusesTheDeviceThatIsAWhiteoutToSomeAndThoseThatTheKernelMakesItOf() {
    String whiteout =
        "has an entry 'a' that is the device 0:0, which is a whiteout to some runtimes";
    String none = "has an entry 'a' that is a device of a number that Linux cannot hold";
    assertRefused(new RawTar().entry('3', "a").end(), whiteout);
    assertRefused(
        new RawTar().entry('3', "a", "", header -> Arrays.fill(header, 257, 345, (byte) 0)).end(),
        whiteout);
    assertRefused(
        new RawTar().entry('3', "a", "", header -> devices(header, "0010000\0", "0000000\0")).end(),
        none);
    assertRefused(
        new RawTar().entry('4', "a", "", header -> devices(header, "0000000\0", "4000000\0")).end(),
        none);
    assertThat(entries(new RawTar().entry('4', "a").end())).hasSize(1);
  }

  @Test
  void refusesOwnersThatLinuxWouldCutOrPassOver() {
    for (long number : new long[] {0xFFFF_FFFFL, 1L << 32}) {
      assertRefused(
          new RawTar().pax('x', "uid=" + number).file("a", "").end(),
          "has an entry 'a' that has a uid that Linux cannot hold");
      assertRefused(
          new RawTar().pax('x', "gid=" + number).file("a", "").end(),
          "has an entry 'a' that has a gid that Linux cannot hold");
    }
  }

  @Test
  void refusesWhatReadersInGoGiveUpOn() {
    assertRefused(
        new RawTar().pax('x', "atime=never").file("a", "").end(),
        "has an entry 'a' that has a PAX 'atime' that is not a number");
    for (String record : List.of("uname=a\0b", "x\0y=z")) {
      assertRefused(
          new RawTar().pax('x', record).file("a", "").end(),
          "has a PAX header that is not made of 'LENGTH KEY=VALUE' lines");
    }
    assertRefused(
        new RawTar()
            .entry('x', "pax", "6 a=b\n", header -> RawTar.put(header, 108, "nobody\0"))
            .file("a", "")
            .end(),
        "has a tar header whose uid is not a number");
  }

  @Test
  void refusesAnEntryWithSeveralNames() {
    for (byte[] tar :
        List.of(
            new RawTar().pax('x', "path=b").pax('x', "path=c").file("a", "").end(),
            new RawTar().pax('x', "path=b").entry('L', "l", "c\0").file("a", "").end(),
            new RawTar().entry('L', "l", "c\0").pax('x', "path=b").file("a", "").end(),
            new RawTar().entry('K', "l", "c\0").entry('K', "l", "d\0").entry('2', "a").end(),
            new RawTar().entry('L', "l", "c\0").entry('L', "l", "d\0").file("a", "").end())) {
      assertRefused(tar, "has an entry with several names, on which readers disagree");
    }
  }

  @Test
  void refusesAHeaderOfMoreThanAMebibyte() {
    for (char type : new char[] {'x', 'g', 'L', 'K'}) {
      assertRefused(
          new RawTar()
              .entry(type, "a", "", header -> RawTar.put(header, 124, "00004000001\0"))
              .end(),
          "has an entry with a header of more than 1048576 bytes");
    }
  }

  @Test
  void refusesANameThatNoLinuxCanHold() {
    String name = "d/".repeat(2048) + "x";
    for (byte[] tar :
        List.of(
            new RawTar().pax('x', "path=" + name).file("a", "").end(),
            new RawTar().entry('L', "l", name).file("a", "").end(),
            new RawTar().pax('x', "linkpath=" + name).entry('2', "a").end())) {
      assertRefused(tar, "has an entry with a name of more than 4096 bytes");
    }
  }

  @Test
  void refusesAnArchiveThatIsCutOff() {
    byte[] whole =
        new RawTar().file("a", "abc").pax('x', "path=b").file("b", "x".repeat(600)).cut();
    for (int length = 0; length <= whole.length; length += 100) {
      assertRefused(Arrays.copyOf(whole, length), "ends before it is complete");
    }
    assertRefused(whole, "ends before it is complete");
    assertRefused(
        new RawTar().file("a", "").pax('x', "path=b").end(), "ends before it is complete");
  }

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

  private static LayerReader open(byte[] bytes) {
    return LayerReader.open(
        "The layer 'x'", new ByteArrayInputStream(bytes), LayerReader.Limits.DEFAULT);
  }

  private static TarEntry only(byte[] bytes) {
    List<TarEntry> entries = entries(bytes);
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private static List<TarEntry> entries(byte[] bytes) {
    return entries(bytes, LayerReader.Limits.DEFAULT);
  }

  private static List<TarEntry> entries(byte[] bytes, LayerReader.Limits limits) {
    List<TarEntry> entries = new ArrayList<>();
    try (LayerReader reader =
        LayerReader.open("The layer 'x'", new ByteArrayInputStream(bytes), limits)) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        entries.add(next.get());
      }
    }
    return entries;
  }

  private static void assertRefused(byte[] bytes, String fault) {
    assertRefused(bytes, LayerReader.Limits.DEFAULT, fault);
  }

  private static void assertRefused(byte[] bytes, LayerReader.Limits limits, String fault) {
    assertThatThrownBy(() -> entries(bytes, limits))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The layer 'x' " + fault + "." + REMEDY);
  }

  private static void devices(byte[] header, String major, String minor) {
    RawTar.put(header, 329, major);
    RawTar.put(header, 337, minor);
  }

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("to memory", e);
    }
    return gzip.toByteArray();
  }
}
