package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BakedArchivesTest extends BakedFilesFixture {

  @Test
  void unpacksATarWithItsModesAndLinks() throws IOException {
    tar(
        "t.tar.gz",
        entry("./", 0700, ""),
        entry("t/", 0750, ""),
        entry("t/bin/run", 04755, "run"),
        link("t/current", TarConstants.LF_SYMLINK, "bin/run"),
        link("t/same", TarConstants.LF_LINK, "t/bin/run"),
        entry("t/empty", 0600, ""));

    add("tools: [{file: t.tar.gz, into: /opt/tools, unpack: true, owner: '5:6'}]");

    assertThat(entries())
        .containsExactly(
            "drwxr-x--- 5:6 opt/tools/t",
            "-rwxr-xr-x 5:6 opt/tools/t/bin/run",
            "l 5:6 opt/tools/t/current -> bin/run",
            "-rw------- 5:6 opt/tools/t/empty",
            "-rw-r--r-- 5:6 opt/tools/t/same");
    assertThat(content("opt/tools/t/same")).isEqualTo("run");
    assertThat(content("opt/tools/t/bin/run")).isEqualTo("run");
    assertThat(additions.warnings())
        .extracting(warning -> warning.problem())
        .containsExactly(
            "'t/bin/run' in the archive 't.tar.gz' had setuid, setgid or capabilities, which were"
                + " removed.");
  }

  @Test
  void warnsWhereTheNamesOfAZipAreAGuess() throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(
            Files.newOutputStream(folder.resolve("t.zip")), Charset.forName("IBM437"))) {
      for (String name : List.of("plain", "größe", "länge")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.closeEntry();
      }
    }

    add("tools: [{file: t.zip, into: /opt/, unpack: true}]");

    assertThat(additions.warnings())
        .extracting(warning -> warning.problem() + " " + warning.remedy())
        .containsExactly(
            "The archive 't.zip' does not say what its names are written in; 'größe' was read by"
                + " the code page 437. Pack it again with names in UTF-8 if that is another name.");
  }

  @ParameterizedTest
  @CsvSource({
    "../x, 'The archive ''t.tar'' has the path ''../x'', which is empty or has a ''..'' part.'",
    ".wh.x, '''.wh.x'' in the archive ''t.tar'' has a name that removes files in a layer.'"
  })
  void refusesATarThatReachesBeyondItsFolder(String name, String problem) throws IOException {
    tar("t.tar", entry(name, 0644, "x"));

    refusesToUnpack("t.tar", problem);
  }

  @Test
  void refusesDevicesAndHardLinksToNothing() throws IOException {
    tar("t.tar", link("x", TarConstants.LF_FIFO, ""));
    refusesToUnpack("t.tar", "'x' in the archive 't.tar' is a device or a pipe.");

    tar("t.tar", link("x", TarConstants.LF_CHR, ""));
    refusesToUnpack(
        "t.tar",
        "The archive 't.tar' has an entry 'x' that is the device 0:0, which is a whiteout to some"
            + " runtimes.");

    tar("t.tar", link("x", TarConstants.LF_LINK, "etc/passwd"));
    refusesToUnpack("t.tar", "'x' in the archive 't.tar' is a hard link to 'etc/passwd', no file.");
  }

  @Test
  void aPathBelowAnArchivesLinkIsNotWrittenThroughIt() throws IOException {
    tar("t.tar", link("x", TarConstants.LF_SYMLINK, "/etc"), entry("x/passwd", 0644, "root"));
    add("tools: [{file: t.tar, into: /opt, unpack: true}]");

    assertThatThrownBy(additions::entries)
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "'/opt/x' of 'tools[0]' is no folder, and '/opt/x/passwd' of 'tools[0]' puts something"
                + " below it.");
  }

  @Test
  void whatComesTwiceInATarIsWhatCameLast() throws IOException {
    tar("t.tar", entry("x", 0644, "old"), entry("y", 0644, "y"), entry("x", 0755, "new"));
    add("tools: [{file: t.tar, into: /opt, unpack: true}]");

    assertThat(entries()).containsExactly("-rwxr-xr-x 0:0 opt/x", "-rw-r--r-- 0:0 opt/y");
    assertThat(content("opt/x")).isEqualTo("new");
  }

  private void refusesToUnpack(String archive, String problem) {
    assertThatThrownBy(() -> add("tools: [{file: " + archive + ", into: /opt, unpack: true}]"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 9: %s Name a tar.gz, a tar or a zip in 'artifact' or 'file',"
                + " or leave 'unpack' out.",
            folder.resolve("golden.yaml"), problem);
  }

  /** A download that failed halfway may be one, and nothing of it would be missed. */
  @ParameterizedTest
  @ValueSource(strings = {"empty.tar", "empty.tar.gz", "empty.zip"})
  void anArchiveWithoutContentIsBakedWithAWarning(String name) throws IOException {
    if (name.endsWith("zip")) {
      new ZipOutputStream(Files.newOutputStream(folder.resolve(name))).close();
    } else {
      tar(name);
    }

    add("tools: [{file: " + name + ", into: /opt/tools, unpack: true}]");

    assertThat(additions.warnings())
        .extracting(warning -> warning.problem() + " " + warning.remedy())
        .containsExactly(
            "The archive '"
                + name
                + "' of 'tools[0]' is empty: nothing of it is baked. Check that it is the right"
                + " archive, or leave it out.");
  }
}
