package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerReaderPaxTest extends LayerReaderFixture {

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
  void refusesAHeaderOfMoreThanAMebibyte() {
    for (char type : new char[] {'x', 'g', 'L', 'K'}) {
      assertRefused(
          new RawTar()
              .entry(type, "a", "", header -> RawTar.put(header, 124, "00004000001\0"))
              .end(),
          "has an entry with a header of more than 1048576 bytes");
    }
  }
}
