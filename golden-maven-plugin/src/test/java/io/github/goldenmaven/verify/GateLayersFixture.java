package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.file;
import static io.github.goldenmaven.verify.Reported.folder;
import static io.github.goldenmaven.verify.Reported.link;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the tests of this subject share, one class after the other. */
@ResourceLock("GateLayersFixture")
abstract class GateLayersFixture {

  @TempDir static Path shared;
  static GateFixture fixture;

  /**
   * As Debian is: a JVM behind alternatives, settings of it in /etc, and things outside the list.
   */
  static LayoutFolder debian;

  @BeforeAll
  static void open() {
    fixture = new GateFixture(shared);
    debian =
        fixture.push(
            GoldenFixture.of(fixture.official)
                .line("50")
                .version("50.0.1")
                .with(
                    folder("etc/alternatives"),
                    link("etc/alternatives/java", "/usr/lib/jvm/java-17/bin/java"),
                    link("usr/bin/java", "/etc/alternatives/java"),
                    file("usr/lib/jvm/java-17/bin/java", "elf", 0755),
                    folder("etc/java-17-openjdk"),
                    folder("etc/java-17-openjdk/security"),
                    file("etc/java-17-openjdk/net.properties", "java.net.useSystemProxies=false"),
                    file("etc/java-17-openjdk/security/java.security", "security.provider.1=SUN"),
                    folder("opt/java/openjdk/conf"),
                    folder("opt/java/openjdk/conf/security"),
                    link(
                        "opt/java/openjdk/conf/net.properties",
                        "/etc/java-17-openjdk/net.properties"),
                    link(
                        "opt/java/openjdk/conf/security/java.security",
                        "../../../../../etc/java-17-openjdk/security/java.security"),
                    folder("opt/jdk"),
                    file("opt/jdk/release", "JAVA_VERSION=17"),
                    folder("data"),
                    folder("data/policy"),
                    link("etc/company", "/data"),
                    file("srv/tools/agent.jar", "agent"),
                    file("srv/tools/start.sh", "#!/bin/sh", 0755),
                    file("srv/orders.conf", "port = 1"),
                    link("usr/local/bin/service", "/app/bin/service"),
                    link("usr/lib/app", "/app"),
                    link("etc/ssl/java", "/var/old"),
                    file("docker-entrypoint.sh", "#!/bin/sh", 0755),
                    file("srv/health.txt", "ok"))
                .runtime(
                    runtime ->
                        runtime
                            .with("Entrypoint", JsonValue.ofTexts(List.of("/docker-entrypoint.sh")))
                            .with(
                                "Env",
                                JsonValue.ofTexts(
                                    List.of(
                                        "PATH=/opt/jdk/bin:/usr/bin:/bin",
                                        "JAVA_HOME=/opt/java/openjdk",
                                        "JAVA_TOOL_OPTIONS=-javaagent:/srv/tools/agent.jar")))
                            .with(
                                "Healthcheck",
                                JsonObject.EMPTY.with(
                                    "Test", JsonValue.ofTexts(List.of("CMD", "/srv/health.txt"))))),
            "50");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  static ApplicationFixture onDebian() {
    return ApplicationFixture.on(debian, "50", fixture.registry.host() + "/golden/java:50");
  }

  /** A JDK that no variable names, with a folder that is empty, and places given by its label. */
  static ApplicationFixture behindALink() {
    LayoutFolder golden =
        fixture.push(
            GoldenFixture.of(fixture.official)
                .line("51")
                .version("51.0.1")
                .with(
                    link("usr/bin/java", "../../opt/tools/jdk/bin/java"),
                    file("opt/tools/jdk/bin/java", "elf", 0755),
                    file("opt/tools/jdk/release", "JAVA_VERSION=17"),
                    file("opt/tools/jdk/lib/modules", "x"),
                    file("opt/tools/jdk/lib/security/cacerts", "x"),
                    file("opt/tools/jdk/conf/net.properties", "x"),
                    folder("opt/tools/jdk/lib/ext"),
                    folder("deployments"))
                .runtime(
                    runtime ->
                        runtime.with("Env", JsonValue.ofTexts(List.of("PATH=/usr/bin:/bin")))),
            "51");
    return ApplicationFixture.on(golden, "51", fixture.registry.host() + "/golden/java:51");
  }
}
