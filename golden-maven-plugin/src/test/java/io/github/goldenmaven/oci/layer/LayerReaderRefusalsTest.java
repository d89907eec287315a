package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerReaderRefusalsTest extends LayerReaderFixture {

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
}
