package io.github.goldenmaven.laboratory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One Maven run a registry of the laboratory: bake, build, gate and promotion, as a team types
 * them. No part of a build, for it needs the plugin in a local repository: its name is none of a
 * test's, and {@code docs/registries.md} has the command.
 */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class MavenRuns {

  private static final String PLUGIN = "io.github.goldenmaven:golden-maven-plugin:";

  @TempDir static Path shared;
  @TempDir Path folder;
  private static DockerRegistry registry;

  @BeforeAll
  static void startRegistry() {
    registry = DockerRegistry.start();
    registry.push(
        TinyBase.writeTo(shared.resolve("tiny")), TinyBase.TAG, "official/java", "17-jre");
  }

  @AfterAll
  static void stopRegistry() {
    registry.close();
  }

  @ParameterizedTest
  @EnumSource
  void runs(Personality personality) throws IOException {
    String name = personality.name().toLowerCase(Locale.ROOT);
    try (Laboratory laboratory = new Laboratory(registry, personality.habits())) {
      String host = laboratory.host();
      write(host, name);

      String log = maven(laboratory, name).run();

      assertThat(log).contains("golden.verdict=");
      assertThat(Files.readAllLines(folder.resolve("target/golden/result.properties")))
          .contains(
              "golden.verdict=pass",
              "golden.promoted.outcome=promoted",
              "golden.promoted.reference=" + host + "/release/" + name + ":1.0");
      assertThat(registry.manifest("release/" + name, "1.0")).isPresent();
      System.out.println(personality.title() + ": promoted");
    }
  }

  private Command maven(Laboratory laboratory, String name) {
    String host = laboratory.host();
    return Command.of("mvn", "-B", "-s", "settings.xml")
        .with(
            "-Dmaven.repo.local="
                + Path.of(System.getProperty("laboratory.repository", "target/registries-repo"))
                    .toAbsolutePath())
        .with(PLUGIN + "bake", PLUGIN + "build-no-fork", PLUGIN + "promote@release")
        .with("-Dgolden.base=" + host + "/golden/" + name + ":17")
        .with("-Dgolden.image=" + host + "/apps/" + name + ":1.0")
        .with("-Dgolden.policy=" + folder.resolve("golden-policy.yaml"))
        .with("-Dgolden.tokenServers=" + laboratory.otherHost())
        .with("-Dgolden.cache=" + folder.resolve("cache"))
        .in(folder)
        .timeout(Duration.ofMinutes(3));
  }

  private void write(String host, String name) throws IOException {
    Files.writeString(
        folder.resolve("settings.xml"),
        """
        <settings><servers><server>
          <id>%s</id><username>%s</username><password>%s</password>
        </server></servers></settings>
        """
            .formatted(host, Laboratory.USER, Laboratory.PASSWORD));
    Files.writeString(
        folder.resolve("golden-policy.yaml"),
        "official: [%1$s/official/*]\ngolden: [%1$s/golden/*]\n".formatted(host));
    Files.writeString(
        folder.resolve("golden.yaml"),
        """
        name: java
        version: "17.0.1"
        line: "17"
        from: %1$s/official/java:17-jre
        to: %1$s/golden/%2$s
        user: "10001"
        environment: {JAVA_HOME: /opt/java, PATH: "/opt/java/bin:/usr/bin:/bin"}
        files:
          - {from: java, into: /opt/java/bin/, mode: "0755"}
          - {from: release, into: /opt/java/}
        """
            .formatted(host, name));
    Files.writeString(folder.resolve("java"), "#!/bin/sh\n");
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    Files.writeString(
        folder.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>com.example</groupId><artifactId>%2$s</artifactId><version>1.0</version>
          <build><plugins><plugin>
            <groupId>io.github.goldenmaven</groupId><artifactId>golden-maven-plugin</artifactId>
            <version>%3$s</version>
            <configuration><container><mainClass>%4$s</mainClass></container></configuration>
            <executions><execution>
              <id>release</id><goals><goal>promote</goal></goals>
              <configuration><to>%1$s/release/%2$s</to></configuration>
            </execution></executions>
          </plugin></plugins></build>
        </project>
        """
            .formatted(
                host,
                name,
                System.getProperty("laboratory.version", "0.1.0-SNAPSHOT"),
                Service.class.getName()));
    String classFile = Service.class.getName().replace('.', '/') + ".class";
    Path target = folder.resolve("target/classes").resolve(classFile);
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    try (InputStream in =
        Objects.requireNonNull(getClass().getClassLoader().getResourceAsStream(classFile))) {
      Files.copy(in, target);
    }
  }

  /** What is built: compiled already. */
  static final class Service {

    private Service() {}

    public static void main(String[] arguments) {
      System.out.println("served");
    }
  }
}
