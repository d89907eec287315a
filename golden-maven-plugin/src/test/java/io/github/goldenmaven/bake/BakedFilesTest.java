package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.files.LocalFiles;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BakedFilesTest extends BakedFilesFixture {

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
}
