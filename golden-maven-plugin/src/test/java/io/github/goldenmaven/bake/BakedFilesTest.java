package io.github.goldenmaven.bake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.LocalFiles;
import io.github.goldenmaven.bake.files.MemoryImageFiles;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.oci.layer.LayerEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BakedFilesTest {

  @TempDir private Path folder;
  @TempDir private Path elsewhere;

  private final MemoryImageFiles official =
      new MemoryImageFiles()
          .directory("etc")
          .directory("tmp", 01777, LayerEntry.Owner.ROOT)
          .link("srv", "/var/srv")
          .file("etc/hosts", "official")
          .file("bin/busybox", "official")
          .link("usr/bin/wget", "/bin/busybox")
          .directory("usr/lib")
          .link("lib", "usr/lib");
  private final Additions additions = Definitions.additions(official);

  @ParameterizedTest
  @CsvSource({
    "policy/p.json, /etc/security/, -rw-r--r-- 0:0 etc/security/p.json",
    "policy/p.json, /etc/security/policy.json, -rw-r--r-- 0:0 etc/security/policy.json",
    "policy/p.json, /, -rw-r--r-- 0:0 p.json",
    "policy/p.json, /srv/, -rw-r--r-- 0:0 var/srv/p.json",
    "policy/*.json, /etc/, -rw-r--r-- 0:0 etc/p.json; -rw-r--r-- 0:0 etc/q.json",
    "'policy/**.json', /etc/, -rw-r--r-- 0:0 etc/p.json; -rw-r--r-- 0:0 etc/q.json; -rw-r--r-- 0:0"
        + " etc/r.json",
    "'polic{y/deep,x}/*', /etc/, -rw-r--r-- 0:0 etc/r.json",
    "policy/deep, /etc/, drwxr-xr-x 0:0 etc/deep; -rw-r--r-- 0:0 etc/deep/r.json",
    "policy/deep, /opt/x, drwxr-xr-x 0:0 opt/x; -rw-r--r-- 0:0 opt/x/r.json",
    "policy/deep/, /opt/x/, drwxr-xr-x 0:0 opt/x; -rw-r--r-- 0:0 opt/x/r.json",
    "./policy/../policy/deep/, /, -rw-r--r-- 0:0 r.json",
    "policy/deep/, /tmp/, -rw-r--r-- 0:0 tmp/r.json"
  })
  void putsFilesWhereTheyAreWanted(String from, String into, String entries) throws IOException {
    write("policy/p.json");
    write("policy/q.json");
    write("policy/deep/r.json");

    add("files: [{from: '" + from + "', into: " + into + "}]");

    assertThat(String.join("; ", entries())).isEqualTo(entries);
  }

  @ParameterizedTest
  @CsvSource({
    "'tools: [{file: wget, into: /usr/bin/}]'",
    "'tools: [{file: wget, into: /usr/bin/wget}]'",
    "'files: [{from: wget, into: /usr/bin/wget}]'",
    "'files: [{from: wg*, into: /usr/bin/}]'"
  })
  void aFileTakesALinksPlaceAndLeavesWhatItPointsTo(String yaml) throws IOException {
    write("wget");

    add(yaml);

    assertThat(entries()).containsExactly("-rw-r--r-- 0:0 usr/bin/wget");
    assertThat(content("usr/bin/wget")).isEqualTo("wget");
  }

  @Test
  void aFileDoesNotTakeThePlaceOfALinkToAFolder() throws IOException {
    write("lib");

    assertThatThrownBy(() -> add("files: [{from: lib, into: /}]"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'/lib' is a folder in the official image, and 'files[0]' is to be there. Write '/lib/'"
                + " to put it into the folder.");
  }

  @Test
  void aFolderDoesNotTakeThePlaceOfAFile() throws IOException {
    Files.createDirectories(folder.resolve("x/hosts"));

    assertThatThrownBy(() -> add("files: [{from: x/, into: /etc}]"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'/etc/hosts' is not a folder in the official image, and 'files[0]' puts something"
                + " below it. Give it another place.");
  }

  @ParameterizedTest
  @CsvSource({
    "current, /etc/, drwxr-xr-x 0:0 etc/current; -rw-r--r-- 0:0 etc/current/a; l 0:0 etc/current/b"
        + " -> a",
    "current/, /etc/, -rw-r--r-- 0:0 etc/a; l 0:0 etc/b -> a",
    "current/*, /etc/, -rw-r--r-- 0:0 etc/a; -rw-r--r-- 0:0 etc/b"
  })
  void aFolderThatIsALinkIsTheFolderItPointsTo(String from, String into, String entries)
      throws IOException {
    write("versions/1/a");
    Files.createSymbolicLink(folder.resolve("versions/1/b"), Path.of("a"));
    Files.createSymbolicLink(folder.resolve("current"), Path.of("versions/1"));

    add("files: [{from: '" + from + "', into: " + into + "}]");

    assertThat(String.join("; ", entries())).isEqualTo(entries);
  }

  @Test
  void modesAndOwnersAreGoldenYamlsAndNeverTheDisks() throws IOException {
    Files.setPosixFilePermissions(
        write("x/run.sh"), java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));

    add(
        "files: [{from: x, into: /etc/, mode: '0640', owner: '7:8'}, {from: x/run.sh, into:"
            + " /bin/run, mode: '4755'}, {from: x/run.sh, into: /bin/}]");

    assertThat(entries())
        .containsExactly(
            "-rwsr-xr-x 0:0 bin/run",
            "-rw-r--r-- 0:0 bin/run.sh",
            "drwxr-x--- 7:8 etc/x",
            "-rw-r----- 7:8 etc/x/run.sh");
  }

  @Test
  void linksOfAFolderStayLinksUnlessTheyLeadOutOfIt() throws IOException {
    write("x/versions/1/a");
    Files.createSymbolicLink(folder.resolve("x/current"), Path.of("versions/1"));
    add("files: [{from: x, into: /opt/x}]");
    assertThat(entries()).contains("l 0:0 opt/x/current -> versions/1");

    Files.createSymbolicLink(folder.resolve("x/out"), Path.of("../golden.yaml"));
    assertThatThrownBy(() -> add("files: [{from: x, into: /opt/y}]"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 16: 'out' in 'x' is a link that leads out of the folder, to"
                + " '../golden.yaml'. Copy the file there, or write a link in the image under"
                + " 'links'.",
            folder.resolve("golden.yaml"));
  }

  @Test
  void writesLinksVariablesAndWhatIsProtected() throws IOException {
    add(
        "links: {/usr/bin/tool: ../../opt/tool, /usr/bin/a: b}, environment: {TZ: Asia/Seoul, A:"
            + " ''}, protect: {paths: [/opt, /etc/security], environment: [B, A]}");

    assertThat(entries())
        .containsExactly(
            "-rw-r--r-- 0:0 opt/golden/protect.json",
            "l 0:0 usr/bin/a -> b",
            "l 0:0 usr/bin/tool -> ../../opt/tool");
    assertThat(content("opt/golden/protect.json"))
        .isEqualTo(
            "{\"paths\":[\"/etc/security\",\"/opt\"],\"environment\":[\"A\",\"B\"],\"entrypoint\":\"free\"}");
    assertThat(additions.environment()).isEqualTo(Map.of("A", "", "TZ", "Asia/Seoul"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "files: [{from: nowhere, into: /x}] | line 3, column 16: 'nowhere' does not exist. Name a"
            + " file or a folder that does; a relative path starts at the folder of golden.yaml.",
        "files: [{from: '*.none', into: /x/}] | line 3, column 16: '*.none' matches no file. Fix"
            + " the glob, or put the files there; it starts at the folder of golden.yaml, and '**'"
            + " goes through folders.",
        "files: [{from: 'none/*', into: /x/}] | line 3, column 16: 'none/*' matches no file. Fix"
            + " the glob, or put the files there; it starts at the folder of golden.yaml, and '**'"
            + " goes through folders.",
        "files: [{from: '*.yaml', into: /x}] | line 3, column 32: '*.yaml' may match several files,"
            + " which cannot all have one name. Write '/x/' to put them into that folder.",
        "files: [{from: golden.yaml/, into: /x}] | line 3, column 16: 'golden.yaml/' is not a"
            + " folder. Leave the slash out.",
        "tools: [{file: folder, into: /x}] | line 3, column 16: 'folder' is not a file. Name one"
            + " file.",
        "tools: [{file: golden.yaml, into: /x, unpack: true}] | line 3, column 9: The archive"
            + " 'golden.yaml' ends before it is complete. Name a tar.gz, a tar or a zip in"
            + " 'artifact' or 'file', or leave 'unpack' out.",
        "tools: [{file: x.xz, into: /x, unpack: true}] | line 3, column 9: The archive 'x.xz' is"
            + " compressed with xz. Name a tar.gz, a tar or a zip in 'artifact' or 'file', or leave"
            + " 'unpack' out."
      })
  void refusesWhatIsNotThereWithItsPlace(String yaml, String message) throws IOException {
    Files.createDirectory(folder.resolve("folder"));
    Files.write(folder.resolve("x.xz"), new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 0});

    assertThatThrownBy(() -> add(yaml))
        .isInstanceOf(RefusedException.class)
        .hasMessage("In '" + folder.resolve("golden.yaml") + "', " + message);
  }

  @Test
  void aToolIsOneFile() throws IOException {
    Path jar = write("any.jar");
    GoldenDefinition definition =
        Definitions.of(
            folder,
            "tools: [{artifact: 'g:scan:jar:all:1.2', into: /opt/tools/}, {file: any.jar, into:"
                + " /usr/bin/x, mode: '0755', owner: '1:2'}]");

    BakedFiles.read(definition, new LocalFiles(definition, (coordinates, origin) -> jar), folder)
        .addTo(additions);

    assertThat(entries())
        .containsExactly("-rw-r--r-- 0:0 opt/tools/scan-1.2-all.jar", "-rwxr-xr-x 1:2 usr/bin/x");
  }

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

  @Test
  void refusesAGlobsLinkOutOfItsFolder() throws IOException {
    Path outside = Files.writeString(elsewhere.resolve("secret"), "x");
    write("p/a");
    Files.createSymbolicLink(folder.resolve("p/b"), Path.of("a"));
    add("files: [{from: 'p/*', into: /opt/}]");
    assertThat(entries()).containsExactly("-rw-r--r-- 0:0 opt/a", "-rw-r--r-- 0:0 opt/b");
    Files.createSymbolicLink(folder.resolve("p/c"), outside);

    assertThatThrownBy(() -> add("files: [{from: 'p/*', into: /srv/}]"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 16: 'c' of 'p/*' is a link that leads out of the folder, to"
                + " '%s'. Copy the file there, or name it by its own path in 'from'.",
            folder.resolve("golden.yaml"), outside.toRealPath());
  }

  @Test
  void warnsOfPathsThatRuntimesPutTheirOwnOver() throws IOException {
    write("x");
    add("files: [{from: x, into: /proc/x}, {from: x, into: /etc/resolv.conf}]");

    assertThat(additions.warnings())
        .extracting(warning -> warning.problem() + " " + warning.remedy())
        .containsExactly(
            "'/proc/x' of 'files[0]' is not visible in containers: container runtimes put their own"
                + " there. Leave it out, or give it another place.",
            "'/etc/resolv.conf' of 'files[1]' is not visible in containers: container runtimes put"
                + " their own there. Leave it out, or give it another place.");
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

  private void add(String yaml) {
    GoldenDefinition definition = Definitions.of(folder, yaml);
    BakedFiles files =
        BakedFiles.read(definition, Definitions.local(definition), folder.resolve("work"));
    files.addTo(additions);
    files.addVariablesTo(additions);
  }

  private Path write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private java.util.List<String> entries() {
    return additions.entries().stream().map(addition -> shown(addition.entry())).toList();
  }

  private static String shown(LayerEntry entry) {
    String owner = " " + entry.owner().uid() + ":" + entry.owner().gid() + " ";
    if (entry instanceof LayerEntry.SymbolicLink link) {
      return "l" + owner + link.path() + " -> " + link.target();
    }
    String letters = "rwxrwxrwx";
    StringBuilder mode = new StringBuilder(entry instanceof LayerEntry.Directory ? "d" : "-");
    for (int i = 0; i < letters.length(); i++) {
      boolean set = (entry.mode() >> (8 - i) & 1) == 1;
      mode.append(set ? letters.charAt(i) : '-');
    }
    if ((entry.mode() & 04000) != 0) {
      mode.setCharAt(3, 's');
    }
    return mode + owner + entry.path();
  }

  private String content(String path) throws IOException {
    LayerEntry.File file =
        additions.entries().stream()
            .map(Additions.Addition::entry)
            .filter(entry -> entry.path().equals(path))
            .map(LayerEntry.File.class::cast)
            .findFirst()
            .orElseThrow();
    try (var in = file.content().open()) {
      byte[] bytes = in.readAllBytes();
      assertThat(file.size()).isEqualTo(bytes.length);
      return new String(bytes, UTF_8);
    }
  }

  private record Member(TarArchiveEntry entry, String content) {}

  private static Member entry(String name, int mode, String content) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setMode(mode);
    entry.setSize(content.length());
    return new Member(entry, content);
  }

  private static Member link(String name, byte type, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setMode(0644);
    entry.setLinkName(target);
    return new Member(entry, "");
  }

  private void tar(String name, Member... members) throws IOException {
    OutputStream file = Files.newOutputStream(folder.resolve(name));
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(name.endsWith(".gz") ? new GZIPOutputStream(file) : file)) {
      for (Member member : Stream.of(members).toList()) {
        tar.putArchiveEntry(member.entry());
        tar.write(member.content().getBytes(UTF_8));
        tar.closeArchiveEntry();
      }
    }
  }
}
