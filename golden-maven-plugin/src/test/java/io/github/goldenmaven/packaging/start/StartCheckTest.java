package io.github.goldenmaven.packaging.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.container.WrittenContainer;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartCheckTest {

  private static final ImageReference BASE =
      ImageReference.parse("registry.example/golden/java:17");
  private static final String CORRECT =
      " Correct <container><entrypoint> or <container><args>, or bring the file with"
          + " <extraDirectories>.";

  @TempDir Path folder;

  private final List<LayerEntry> files = new ArrayList<>();
  private final WrittenContainer settings = WrittenContainer.empty();
  private String java = "17";

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
  }

  private void file(String path) {
    files.add(
        new LayerEntry.File(
            path, 0, InputStream::nullInputStream, 0644, LayerEntry.Owner.ROOT, Instant.EPOCH));
  }

  private ImageConfig golden(String entrypoint, String cmd) {
    return new ImageConfig(
        JsonObject.EMPTY
            .with("architecture", "amd64")
            .with("os", "linux")
            .with(
                "rootfs",
                JsonObject.EMPTY
                    .with("type", "layers")
                    .with("diff_ids", JsonValue.ofTexts(List.of())))
            .with(
                "config",
                JsonObject.EMPTY
                    .with("Entrypoint", JsonValue.ofTexts(words(entrypoint)))
                    .with("Cmd", JsonValue.ofTexts(words(cmd)))
                    .with("WorkingDir", "/app")
                    .with(
                        "Labels",
                        JsonObject.EMPTY.with("io.github.goldenmaven.golden.java", java))));
  }

  private void require(@Nullable String entrypoint, ImageConfig golden) {
    PackagedService service =
        new PackagedService(
            List.of(ServiceLayer.of("classes", files)),
            ServiceContainer.of(
                settings.build(), entrypoint == null ? null : words(entrypoint), null));
    new StartCheck(BASE, service).require(List.of(golden));
  }

  private String refusal(@Nullable String entrypoint, ImageConfig golden) {
    return catchThrowableOfType(RefusedException.class, () -> require(entrypoint, golden))
        .getMessage();
  }

  /** As official images of JREs, JDKs and distributions are; the fixtures' own is the last. */
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "/__cacert_entrypoint.sh, ''",
    "/__cacert_entrypoint.sh, jshell",
    "'', jshell",
    "'', /bin/bash",
    "'', bash -l",
    "/usr/bin/tini --, sh",
    "/docker-entrypoint.sh, bash",
    "/usr/bin/java -jar, ''",
    "'', java -version",
  })
  void aWarNeedsAServerInItsGolden(String entrypoint, String cmd) {
    String command = (entrypoint + " " + cmd).strip();
    assertThat(refusal(null, golden(entrypoint, cmd)))
        .isEqualTo(
            "Nothing would start the service: it has no entrypoint of its own, as a WAR has none,"
                + " and the golden image 'registry.example/golden/java:17' runs "
                + (command.isEmpty() ? "nothing." : "'" + command + "'.")
                + " Name a golden image with a server in it, like Jetty or Tomcat, in <base> or"
                + " with -Dgolden.base, or write what starts the service into"
                + " <container><entrypoint>.");
  }

  /** As official images of servers are. */
  @ParameterizedTest
  @CsvSource({
    "/docker-entrypoint.sh, java -jar /usr/local/jetty/start.jar",
    "'', catalina.sh run",
    "/__cacert_entrypoint.sh, catalina.sh run",
    "'', /opt/jboss/wildfly/bin/standalone.sh -b 0.0.0.0",
    "/opt/ol/helpers/runtime/docker-server.sh, /opt/ol/wlp/bin/server run defaultServer",
    "java -cp /opt/server.jar com.example.Server, ''",
    "java @/opt/server/arguments, ''",
    "/usr/local/s2i/run, ''",
    "sh -c 'exec server', ''",
    "/usr/bin/tini --, /opt/server/run",
  })
  void aWarRunsOnAnyServer(String entrypoint, String cmd) {
    assertThatCode(() -> require(null, golden(entrypoint, cmd))).doesNotThrowAnyException();
  }

  @Test
  void argumentsOfTheServicesOwnStartTheGoldensServer() {
    settings.args(List.of("catalina.sh", "run"));
    require(null, golden("/__cacert_entrypoint.sh", "jshell"));
  }

  @Test
  void javaNeedsAJvmInTheGolden() {
    java = "none";
    assertThat(refusal("java -cp /app/classes Main", golden("", "nginx")))
        .isEqualTo(
            "The service is started by 'java', and the golden image"
                + " 'registry.example/golden/java:17' has no JVM. Name a golden image with a JVM in"
                + " <base> or with -Dgolden.base, or write another program into"
                + " <container><entrypoint>.");
    settings.environment(Map.of("PATH", "/app/jre/bin"));
    require("java -version", golden("", "nginx"));
  }

  @Test
  void aProgramOrJarInTheServicesOwnPlacesMustBeThere() {
    file("app/run.sh");
    file("app/lib/a.jar");
    file("opt/tool/run");

    for (String there :
        List.of(
            "/app/run.sh",
            "./run.sh",
            "/app//run.sh",
            "sh /app/run.sh",
            "/opt/elsewhere/run",
            "/usr/bin/run",
            "java -jar lib/a.jar",
            "java -jar /srv/golden.jar",
            "run.sh",
            "sh -c /app/none.sh")) {
      require(there, golden("", ""));
    }
    assertThat(refusal("/app/start.sh", golden("", "")))
        .isEqualTo(
            "The service's command names '/app/start.sh', which is in no layer of the service."
                + CORRECT);
    assertThat(refusal("./start.sh", golden("", ""))).contains("names '/app/start.sh',");
    assertThat(refusal("bash /app/start.sh", golden("", ""))).contains("names '/app/start.sh',");
    assertThat(refusal("java -Xmx1g -jar /app/b.jar", golden("", "")))
        .contains("names '/app/b.jar',");
    require("/app/start.sh", golden("/app/start.sh", ""));
  }

  @Test
  void theClassOfAnOwnCommandMustBeOnItsClassPath() throws IOException {
    file("app/classes/com/example/Main.class");
    Path jar = folder.resolve("a.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("org/boot/Launcher.class"));
      zip.write(new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 52});
    }
    files.add(
        new LayerEntry.File(
            "app/libs/a.jar",
            Files.size(jar),
            new LayerEntry.OnDisk(jar),
            0644,
            LayerEntry.Owner.ROOT,
            Instant.EPOCH));

    require("java -cp /app/classes:/app/libs/* com.example.Main", golden("", ""));
    require("java -Da=b -cp /app/classes:/app/libs/* org.boot.Launcher x", golden("", ""));
    require("java -cp /app/classes:/opt/golden.jar com.example.Other", golden("", ""));
    assertThat(refusal("java -cp /app/classes:/app/libs/* com.example.Other", golden("", "")))
        .isEqualTo(
            "The service's command names the class 'com.example.Other', which is nowhere on its"
                + " class path."
                + CORRECT);
  }
}
