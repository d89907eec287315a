package io.github.goldenmaven.golden.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.definition.GoldenDefinition.AddedFile;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Agent;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Entrypoint;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Protect;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Proxy;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Tool;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenDefinitionTest {

  private static final String LEAST =
      """
      name: java
      version: "21.0.9"
      line: "21"
      from: docker.io/library/eclipse-temurin:21-jre
      to: registry.company.example/golden/java
      """;

  @TempDir private Path folder;

  @Test
  void readsEveryKeyOfTheSchema() throws IOException {
    Path file =
        write(
            LEAST
                + """
                platforms: [linux/amd64, linux/arm64]
                certificates: [certs/*.pem]
                proxy: {http: "http://proxy.company.example:3128", https: "https://[fd00::1]/", noProxy: [localhost, .company.example]}
                agents:
                  - {artifact: "io.opentelemetry.javaagent:opentelemetry-javaagent:2.9.0", options: ["-Dotel.exporter=otlp"]}
                  - {file: agents/metrics-1.jar, arguments: "9404:/m.yaml"}
                tools: [{artifact: "group:artifact:tar.gz:classifier:1.0", into: /opt/tools, unpack: true}]
                files: [{from: policy/security-policy.json, into: /etc//security/, mode: "0644", owner: "1:2"}]
                links: {/usr/bin/tool: ../../opt/tools/tool}
                environment: {TZ: Asia/Seoul, EMPTY: ""}
                user: "10001"
                run: ["apk upgrade --no-cache"]
                protect: {paths: [/etc/security, /opt/golden/], environment: [JAVA_TOOL_OPTIONS], entrypoint: fixed}
                application: {paths: [/var/lib/jetty/webapps/]}
                workingDirectory: /app/
                entrypoint: [/usr/bin/tini, --]
                ports: ["8080", "9000-9001/udp"]
                labels: {com.company.tier: base, com.company.empty: ""}
                healthcheck: {command: [curl, -f, "http://localhost:8080/"], interval: PT30S, timeout: PT5S, startPeriod: PT1M, retries: 3}
                """);

    assertThat(GoldenDefinition.read(file))
        .isEqualTo(
            new GoldenDefinition(
                file,
                "java",
                "21.0.9",
                "21",
                ImageReference.parse("docker.io/library/eclipse-temurin:21-jre"),
                new io.github.goldenmaven.oci.RegistryReference(
                    "registry.company.example", "golden/java", null, null),
                List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64")),
                List.of("certs/*.pem"),
                new Proxy(
                    new ProxyAddress("http", "proxy.company.example", 3128),
                    new ProxyAddress("https", "[fd00::1]", 443),
                    List.of(DirectHost.parse("localhost"), DirectHost.parse(".company.example"))),
                List.of(
                    new Agent(
                        new Source.Artifact(
                            new ArtifactCoordinates(
                                "io.opentelemetry.javaagent",
                                "opentelemetry-javaagent",
                                "jar",
                                null,
                                "2.9.0")),
                        null,
                        List.of("-Dotel.exporter=otlp")),
                    new Agent(
                        new Source.OnDisk("agents/metrics-1.jar"), "9404:/m.yaml", List.of())),
                List.of(
                    new Tool(
                        new Source.Artifact(
                            new ArtifactCoordinates(
                                "group", "artifact", "tar.gz", "classifier", "1.0")),
                        "/opt/tools",
                        true,
                        null,
                        Owner.ROOT)),
                List.of(
                    new AddedFile(
                        "policy/security-policy.json", "/etc/security/", 0644, new Owner(1, 2))),
                Map.of("/usr/bin/tool", "../../opt/tools/tool"),
                Map.of("TZ", "Asia/Seoul", "EMPTY", ""),
                "10001",
                List.of("apk upgrade --no-cache"),
                new Protect(
                    List.of("/etc/security", "/opt/golden"),
                    List.of("JAVA_TOOL_OPTIONS"),
                    Entrypoint.FIXED),
                List.of("/var/lib/jetty/webapps"),
                new GoldenContainer(
                    "/app",
                    List.of("/usr/bin/tini", "--"),
                    List.of("8080/tcp", "9000/udp", "9001/udp"),
                    Map.of("com.company.tier", "base", "com.company.empty", ""),
                    new GoldenContainer.Healthcheck(
                        List.of("CMD", "curl", "-f", "http://localhost:8080/"),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        3))));
  }

  @Test
  void aHealthcheckIsACommandOfAShellOrNone() throws IOException {
    assertThat(healthcheck("{command: curl -f http://localhost:8080/ || exit 1}"))
        .containsExactly("CMD-SHELL", "curl -f http://localhost:8080/ || exit 1");
    assertThat(healthcheck("none")).containsExactly("NONE");
  }

  private List<String> healthcheck(String yaml) throws IOException {
    return GoldenDefinition.read(write(LEAST + "healthcheck: " + yaml + "\n"))
        .container()
        .healthcheck()
        .orElseThrow()
        .test();
  }

  @Test
  void whatContainersAreToldIsHeldToItsGrammar() throws IOException {
    refusesAll(
        LEAST
            + """
            workingDirectory: app
            entrypoint: java -jar
            ports: ["0", "80/sctp", 8080]
            labels: {tier: x, "com company": x, com.company.a: "x\\ny"}
            healthcheck: {comand: x, interval: 30s, retries: "3"}
            """,
        "6:19  'app' in 'workingDirectory' is not an absolute path of an image.",
        "Write it in 'workingDirectory' from the root and without dots, like '/app/data'.",
        "7:13  'entrypoint' is not a list.",
        "Write one like '[a, b]'.",
        "8:9  '0' in 'ports' is not a port.",
        "Write ports of 1 to 65535 in quotes, like \"8080\", \"8000-8010\" or \"53/udp\".",
        "8:14  '80/sctp' in 'ports' is not a port.",
        "Write ports of 1 to 65535 in quotes, like \"8080\", \"8000-8010\" or \"53/udp\".",
        "8:25  'ports[2]' is '8080', which not every YAML reader reads as text.",
        "Put it in quotes: \"8080\".",
        "9:10  'tier' is not the key of a label.",
        "Write printable ASCII without blanks, with a domain of the company's in front:"
            + " 'com.company.team'.",
        "9:19  'com company' is not the key of a label.",
        "Write printable ASCII without blanks, with a domain of the company's in front:"
            + " 'com.company.team'.",
        "9:52  'labels.com.company.a' has a line break or another control character.",
        "Write it on one line; after '>' or '|' YAML adds a line break, after '>-' not.",
        "10:14  'healthcheck' has no 'command'.",
        "Write 'command' there.",
        "10:15  'healthcheck.comand' is not a known key.",
        "Did you mean 'command'?",
        "10:36  'healthcheck.interval' is '30s', which is not a time span.",
        "Write one of days or hours, like 'P45D' or 'PT12H', of ten years at most.",
        "10:50  'healthcheck.retries' is '3', which is not a whole number.",
        "Write one like '2', without quotes.");
  }

  @Test
  void fiveKeysAreEnough() throws IOException {
    GoldenDefinition definition = GoldenDefinition.read(write(LEAST));

    assertThat(definition.platforms()).isEmpty();
    assertThat(definition.proxy()).isEmpty();
    assertThat(definition.user()).isEmpty();
    assertThat(definition.protect()).isEqualTo(Protect.NOTHING);
    assertThat(definition.folder()).isEqualTo(folder);
  }

  @Test
  void relativeLayoutsStartAtTheFilesFolder() throws IOException {
    GoldenDefinition definition =
        GoldenDefinition.read(
            write(
                LEAST
                    .replace("docker.io/library/eclipse-temurin:21-jre", "oci:official:21")
                    .replace("registry.company.example/golden/java", "oci:out/golden")));

    assertThat(definition.from()).hasToString("oci:" + folder.resolve("official") + ":21");
    assertThat(definition.to()).hasToString("oci:" + folder.resolve("out/golden"));
    assertThat(definition.to().withTag("21").toString()).endsWith("golden:21");
  }

  @ParameterizedTest
  @CsvSource({
    "registry.company.example:5000/golden/java, registry.company.example:5000/golden/java",
    "docker-daemon:golden/java, docker-daemon:docker.io/golden/java",
    "docker-daemon:java, docker-daemon:docker.io/library/java"
  })
  void theTargetIsARepositoryWithoutTag(String to, String read) throws IOException {
    assertThat(
            GoldenDefinition.read(write(LEAST.replace("registry.company.example/golden/java", to)))
                .to())
        .hasToString(read);
  }

  @ParameterizedTest
  @CsvSource({
    "registry.company.example:5000/golden/java:21",
    "registry.company.example/golden/java:latest",
    "docker-daemon:java:21",
    "oci:out:21",
    "registry.company.example/golden/java@sha256:"
        + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  })
  void refusesATargetWithATagOrDigest(String to) throws IOException {
    refuses(
        LEAST.replace("registry.company.example/golden/java", to),
        "line 5, column 5: 'to' has a tag or a digest. Leave it out: the image gets the tags that"
            + " 'version' and 'line' say.");
  }

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

  /** As editors of Windows save it. */
  @Test
  void aByteOrderMarkAndTheLineEndsOfWindowsAreNoFault() throws IOException {
    assertThat(GoldenDefinition.read(write("\uFEFF" + LEAST.replace("\n", "\r\n"))).name())
        .isEqualTo("java");
    refuses(
        "\uFEFF" + LEAST.replace("\n", "\r\n") + "usr: x\r\n",
        "line 6, column 1: 'usr' is not a known key. Did you mean 'user'?");
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
  void oneSnapshotOfManyIsASnapshotToo() throws IOException {
    GoldenDefinition definition =
        GoldenDefinition.read(
            write(
                LEAST
                    + "tools: [{artifact: 'g:a:1-20261123.101500-7', into: /a}, {artifact:"
                    + " 'g:b:1-SNAPSHOT', into: /b}, {artifact: 'g:c:1-7', into: /c}]\n"));

    assertThat(definition.snapshots())
        .containsExactly("g:a:jar:1-20261123.101500-7", "g:b:jar:1-SNAPSHOT");
  }

  @Test
  void aNumberThatIsAUserHasToBeInQuotes() throws IOException {
    refuses(
        LEAST + "user: 10001\n",
        "line 6, column 7: 'user' is '10001', which not every YAML reader reads as text. Put it in"
            + " quotes: \"10001\".");
  }

  @Test
  void saysThatTwoOptionsInOneElementAreTwo() throws IOException {
    refuses(
        LEAST + "agents: [{file: a.jar, options: [-Xms1g -Xmx1g]}]\n",
        "line 6, column 34: 'agents[0].options[0]' is '-Xms1g -Xmx1g', which is not one option of"
            + " the JVM. Write each option as an element of its own, like '-Dname=value', and those"
            + " of two words with '=' between them.");
    refuses(
        LEAST + "agents: [{file: a.jar, options: ['-javaagent:b.jar']}]\n",
        "line 6, column 34: 'agents[0].options[0]' has '-javaagent', which a file of VM options"
            + " cannot have. Write the agent's jar as an agent of its own, with 'artifact' or"
            + " 'file'.");
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
  @CsvSource({
    "*, EVERY, *,,",
    "LOCALHOST, DOMAIN, localhost,,",
    ".company.example, DOMAIN, company.example,,",
    "*.company.example:80, DOMAIN, company.example,,80",
    "10.1.2.3:8080, IPV4, 10.1.2.3,,8080",
    "10.0.0.0/8, IPV4, 10.0.0.0,8,",
    "FD00::/8, IPV6, fd00::,8,",
    "[::1]:443, IPV6, ::1,,443"
  })
  void readsWhatIsReachedDirectly(
      String text, DirectHost.Kind kind, String host, Integer bits, Integer port) {
    assertThat(DirectHost.parse(text)).isEqualTo(new DirectHost(text, kind, host, bits, port));
  }

  @ParameterizedTest
  @CsvSource({"10.*", "10.0.0.0/33", "10.0.0.0/0", "300.1.1.1", "a:0", "a:70000", "a|b", "'a,b'"})
  void refusesWhatNoProgramReadsAsAHost(String text) {
    assertThatThrownBy(() -> DirectHost.parse(text)).isInstanceOf(RefusedException.class);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("golden.yaml"), yaml);
  }

  private void refuses(String yaml, String message) throws IOException {
    Path file = write(yaml);
    assertThatThrownBy(() -> GoldenDefinition.read(file))
        .isInstanceOf(RefusedException.class)
        .hasMessage(("In '%1$s', " + message).replace("%1$s", file.toString()))
        .message()
        .doesNotContain("secret");
  }

  /** Lines of several faults: place and problem, remedy, and so on. */
  private void refusesAll(String yaml, String... lines) throws IOException {
    Path file = write(yaml);
    StringBuilder message =
        new StringBuilder("In '" + file + "' " + lines.length / 2 + " things are wrong:\n");
    for (int i = 0; i < lines.length; i += 2) {
      message.append("  golden.yaml:").append(lines[i]).append('\n');
      message.append("      ").append(lines[i + 1]).append('\n');
    }
    assertThatThrownBy(() -> GoldenDefinition.read(file))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message + "Correct them all, and run it again.")
        .message()
        .doesNotContain("secret");
  }
}
