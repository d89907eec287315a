package io.github.goldenmaven.golden.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenDefinitionRefusalsTest extends GoldenDefinitionFixture {

  @Test
  void aPasswordInAProxysAddressIsRefusedAndNeverShown() throws IOException {
    refuses(
        LEAST + "proxy:\n  http: \"http://user:secret@proxy.company.example:3128\"\n",
        "line 7, column 9: The proxy's URL has credentials, which everyone could read in the"
            + " image. Leave user and password out of it, and let the proxy know the company's"
            + " machines by their addresses.");
    refuses(
        LEAST + "proxy:\n  http: \"http://user:secret%40proxy.company.example:3128\"\n",
        "line 7, column 9: The proxy's URL is not one of a scheme, a host and a port. Write one"
            + " like 'http://proxy.company.example:3128', without path and credentials.");
    refuses(
        LEAST
            + "proxy:\n  http: \"http://proxy:1\"\n  noProxy: [\"http://user:secret@x.example\"]\n",
        "line 8, column 13: What is there is not a host to reach without the proxy. Write a host,"
            + " a domain with a dot before it, an address or a network, like 'localhost',"
            + " '.company.example', '10.1.2.3' or '10.0.0.0/8'; no URL.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: {DATABASE: 'jdbc:postgresql://user:secret@db.example/x'}",
        "agents: [{file: a.jar, options: ['-Dhttp.proxyPassword=secret']}]",
        "agents: [{file: a.jar, options: ['-Dhttps.proxyUser=secret']}]",
        "agents: [{file: a.jar, arguments: 'url=https://user:secret@collector.example'}]",
        "environment: {JAVA_TOOL_OPTIONS: '-ea -Dsocks.ProxyPassword=secret'}"
      })
  void aPasswordAnywhereElseIsRefusedAndNeverShown(String yaml) throws IOException {
    Path file = write(LEAST + yaml + "\n");

    assertThatThrownBy(() -> GoldenDefinition.read(file))
        .isInstanceOf(RefusedException.class)
        .message()
        .startsWith("In '" + file + "', line 6, column ")
        .endsWith(
            "' has a user or a password, which everyone could read in the image. Leave them out,"
                + " and give them to the containers that need them when they start.")
        .doesNotContain("secret");
  }

  @Test
  void whatStandsForAPasswordIsNone() throws IOException {
    GoldenDefinition definition =
        GoldenDefinition.read(
            write(
                LEAST
                    + "environment: {DATABASE: 'mongodb://${USER}:${PASSWORD}@db.example',"
                    + " URL: 'https://host.example:8443/a@b', O: '-Dhttp.proxyHost=x'}\n"));

    assertThat(definition.environment()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ALL_PROXY", "ftp_proxy"})
  void everyProxysVariableIsRefused(String name) throws IOException {
    refusesAll(
        LEAST + "environment: {" + name + ": 'http://user:secret@p:1'}\n",
        "6:15  '" + name + "' is not for 'environment': the JVM does not read it.",
        "Write the proxy under 'proxy', which sets the variables and the JVM's properties.",
        "6:"
            + (17 + name.length())
            + "  'environment."
            + name
            + "' has a user or a password, which everyone could read in the image.",
        "Leave them out, and give them to the containers that need them when they start.");
  }

  @Test
  void tellsAllThatIsWrongTogether() throws IOException {
    refusesAll(
        LEAST.replace("\"21\"", "\"-21\"")
            + """
            plattforms: [amd64]
            platforms: [amd64]
            tools:
            - into: opt
              mode: "9"
              unpak: true
            environment: {HTTP_PROXY: "http://x"}
            environment: {TZ: &zone UTC, LANG: *zone}
            """,
        "3:7  'line' is '-21', which is not a tag.",
        "Write letters, digits, '_', '.' and '-', at most 128, with a letter, a digit or '_'"
            + " first.",
        "6:1  'plattforms' is not a known key.",
        "Did you mean 'platforms'?",
        "7:13  'amd64' is not a platform.",
        "Write the operating system and the processor, like 'linux/amd64' or 'linux/arm/v7'.",
        "9:3  'tools[0]' has neither 'artifact' nor 'file'.",
        "Write 'artifact' for Maven coordinates, or 'file' for a file of this machine.",
        "9:9  'opt' in 'tools[0].into' is not an absolute path of an image.",
        "Write it in 'tools[0].into' from the root and without dots, like '/app/data'.",
        "10:9  'tools[0].mode' is '9', which is not a file mode.",
        "Write three or four octal digits in quotes, like \"0644\".",
        "11:3  'tools[0].unpak' is not a known key.",
        "Did you mean 'unpack'?",
        "12:15  'HTTP_PROXY' is not for 'environment': the JVM does not read it.",
        "Write the proxy under 'proxy', which sets the variables and the JVM's properties.",
        "13:1  'environment' is there twice, first in line 12.",
        "Keep one of the two.",
        "13:19  'environment.TZ' has an anchor or an alias.",
        "Write the value out in each place.",
        "13:36  'environment.LANG' has an anchor or an alias.",
        "Write the value out in each place.");
  }

  @Test
  void suggestsTheNearestKey() throws IOException {
    refuses(
        LEAST + "certificate: [a.pem]\n",
        "line 6, column 1: 'certificate' is not a known key. Did you mean 'certificates'?");
    refusesAll(
        LEAST + "proxy: {httpProxy: x}\nagents:\n",
        "6:9  'proxy.httpProxy' is not a known key.",
        "Known are 'http', 'https', 'noProxy'.",
        "7:8  'agents' is not a list.",
        "Write one like '[a, b]'.");
  }

  @Test
  void whatIsNotUtf8IsToldWithItsPlace() throws IOException {
    Path file = folder.resolve("golden.yaml");
    Files.writeString(file, LEAST + "user: \"m\u00fcller\"\n", StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> GoldenDefinition.read(file))
        .hasMessage(
            "In '%s', line 6, column 9: the file is not UTF-8. Save it as UTF-8 in your editor.",
            file);
  }

  @Test
  void aControlCharacterIsToldWithItsPlace() throws IOException {
    refuses(
        LEAST + "user: \"a\u0001b\"\n",
        "line 6, column 9: the file has the character U+0001, which YAML does not allow. Take it"
            + " out.");
  }

  @Test
  void aTabIsToldWithItsPlace() throws IOException {
    refuses(
        LEAST + "proxy:\n\thttp: x\n",
        "line 7, column 1: the file is not YAML: found character '\\t(TAB)' that cannot start any"
            + " token. (Do not use \\t(TAB) for indentation). Fix that line; a YAML editor shows"
            + " what is wrong.");
  }

  @Test
  void aToolIsNoFolder() throws IOException {
    refuses(
        LEAST + "tools: [{file: scan.sh/, into: /opt/}]\n",
        "line 6, column 16: 'tools[0].file' is 'scan.sh/', which ends as a folder's path does. Name"
            + " one file; folders are for 'files'.");
  }

  @Test
  void aNumberThatIsAUserHasToBeInQuotes() throws IOException {
    refuses(
        LEAST + "user: 10001\n",
        "line 6, column 7: 'user' is '10001', which not every YAML reader reads as text. Put it in"
            + " quotes: \"10001\".");
  }

  @Test
  void whatOnlyItsUseShowsToBeWrongIsToldWithItsPlace() throws IOException {
    Path file = write(LEAST + "files:\n  - {from: nowhere, into: /x}\n");
    GoldenDefinition definition = GoldenDefinition.read(file);

    assertThat(definition.refused("files[0].from", "'nowhere' does not exist.", "Name another."))
        .hasMessage("In '%s', line 7, column 12: 'nowhere' does not exist. Name another.", file);
    Files.delete(file);
    assertThat(definition.refused("files[0].from", "'nowhere' does not exist.", "Name another."))
        .hasMessage("In '%s', 'files[0].from': 'nowhere' does not exist. Name another.", file);
  }

  @Test
  void coordinatesAreMavensOwn() {
    assertThat(ArtifactCoordinates.parse("g:a:1")).hasToString("g:a:jar:1");
    assertThat(ArtifactCoordinates.parse("g:a:zip:1")).hasToString("g:a:zip:1");
    assertThat(ArtifactCoordinates.parse("g:a:zip:bin:1-SNAPSHOT").fileName())
        .isEqualTo("a-1-SNAPSHOT-bin.zip");
    assertThatThrownBy(() -> ArtifactCoordinates.parse("g:a:../x:1"))
        .hasMessage(
            "'g:a:../x:1' are not the coordinates of an artifact. Write 'group:artifact:version',"
                + " 'group:artifact:extension:version' or"
                + " 'group:artifact:extension:classifier:version'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LATEST", "RELEASE"})
  void refusesAVersionThatIsAnotherOneTomorrow(String version) {
    assertThatThrownBy(() -> ArtifactCoordinates.parse("g:a:" + version))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'g:a:%1$s' names no version: '%1$s' is whichever is newest when it is looked up. Write"
                + " the version.",
            version);
  }

  @ParameterizedTest
  @CsvSource({"10.*", "10.0.0.0/33", "10.0.0.0/0", "300.1.1.1", "a:0", "a:70000", "a|b", "'a,b'"})
  void refusesWhatNoProgramReadsAsAHost(String text) {
    assertThatThrownBy(() -> DirectHost.parse(text)).isInstanceOf(RefusedException.class);
  }
}
