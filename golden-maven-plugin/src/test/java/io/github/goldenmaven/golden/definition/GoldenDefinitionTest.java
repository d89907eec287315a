package io.github.goldenmaven.golden.definition;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenDefinitionTest extends GoldenDefinitionFixture {

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
}
