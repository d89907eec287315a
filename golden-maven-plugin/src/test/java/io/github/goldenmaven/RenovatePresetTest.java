package io.github.goldenmaven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.peers.NeedsPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renovate's own program is too large for a test: its regular expressions run in its Node.js. */
class RenovatePresetTest {

  private static final Path PRESET = Path.of("..", "docs", "renovate", "golden.json");
  private static final Path SCRIPT =
      Path.of("src", "test", "resources", "io", "github", "goldenmaven", "renovate.js");
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  @TempDir private Path folder;

  @Test
  @NeedsPeer("node")
  void itFindsWhatTheFilesOfTheScenariosName() {
    assertThat(found(Path.of("..", "it")))
        .containsExactly(
            "a-golden-image-carries-what-the-company-needs/platform/golden.yaml docker"
                + " REGISTRY/official/java 17",
            "a-golden-image-carries-what-the-company-needs/platform/golden.yaml maven"
                + " io.opentelemetry.javaagent:opentelemetry-javaagent 2.22.0",
            "a-golden-image-carries-what-the-company-needs/platform/golden.yaml maven"
                + " org.apache.maven:apache-maven 3.9.16",
            "a-golden-image-runs-commands-in-an-engine/golden.yaml docker REGISTRY/official/java"
                + " 17",
            "a-renewed-certificate-reaches-ten-services-at-their-next-build/platform/golden.yaml"
                + " docker REGISTRY/official/java 17",
            "a-renewed-certificate-reaches-ten-services-at-their-next-build/pom.xml docker"
                + " IMAGES/renewal/golden 17",
            "one-golden-yaml-gives-one-digest-everywhere/golden.yaml docker REGISTRY/official/java"
                + " 17",
            "one-golden-yaml-gives-one-digest-everywhere/golden.yaml maven"
                + " io.opentelemetry.javaagent:opentelemetry-javaagent 2.22.0",
            "one-golden-yaml-gives-one-digest-everywhere/golden.yaml maven"
                + " org.apache.maven:apache-maven 3.9.16",
            "services-of-seven-frameworks-answer-from-golden-images/platform/golden.yaml docker"
                + " REGISTRY/official/java 17",
            "services-of-seven-frameworks-answer-from-golden-images/platform/golden.yaml maven"
                + " org.apache.tomcat:tomcat 11.0.24");
  }

  @Test
  @NeedsPeer("node")
  void itTakesPortsDigestsAndQuotesAndLeavesFoldersEnginesAndExpressionsAlone() throws IOException {
    write("a/golden.yaml", "name: java\nfrom: 'host.example:5000/official/java:21-jre'\n");
    write("b/golden.yml", "from: docker.io/library/eclipse-temurin:21-jre@" + DIGEST);
    write(
        "c/golden.yaml",
        """
        #from: docker.io/library/old:1
        from: oci:target/official:17-jre
        agents: [{artifact: "group:agent:1.0"}, {artifact: group:other:jar:all:2.0-rc1, options: []}]
        files: [{from: docker.io/library/file:1}]
        """);
    write("d/golden.yaml", "from: docker-daemon:java:21\n");
    write("e/golden-policy.yaml", "from: docker.io/library/java:21\n");
    write("pom.xml", "<golden.base>\n  host.example/golden/java:21@" + DIGEST + "</golden.base>");
    write("f/pom.xml", "<golden.base>${company.base}</golden.base><base>a/b:1</base>");

    assertThat(found(folder))
        .containsExactly(
            "a/golden.yaml docker host.example:5000/official/java 21-jre",
            "b/golden.yml docker docker.io/library/eclipse-temurin 21-jre " + DIGEST,
            "c/golden.yaml maven group:agent 1.0",
            "c/golden.yaml maven group:other 2.0-rc1",
            "pom.xml docker host.example/golden/java 21 " + DIGEST);
  }

  /** RE2, which Renovate reads them with, has neither lookaround nor back references. */
  @Test
  void itsExpressionsAreThoseOfRenovatesEngine() throws IOException {
    assertThat(Files.readString(PRESET)).doesNotContainPattern("\\(\\?<?[=!]|\\\\\\\\[1-9k]");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> found(Path below) {
    String node = Machine.require("node").toString();
    return Command.of(node, SCRIPT.toString(), PRESET.toString(), below.toString())
        .run()
        .lines()
        .toList();
  }
}
