package io.github.goldenmaven.packaging.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.container.ContainerSettings;
import io.github.goldenmaven.packaging.container.WrittenContainer;
import io.github.goldenmaven.packaging.jib.JibProvider;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.maven.ProjectLayering.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as quarkus-maven-plugin 3.33.2 leaves them; a whole build is in the scenarios. */
class QuarkusReaderTest {

  private static final String BUILD =
      "<executions><execution><goals><goal>build</goal></goals></execution></executions>";
  private static final String BUILD_IT =
      " Run 'mvn package' before golden:build-no-fork, or 'mvn golden:build', which does it"
          + " itself.";

  @TempDir private Path folder;

  private final RecordingConsole console = new RecordingConsole();

  /** Compiled, and with quarkus-maven-plugin in its POM. */
  private SampleProject quarkus() {
    return SampleProject.jar(folder)
        .compiledMain()
        .wholePlugin("io.quarkus.platform:quarkus-maven-plugin", BUILD);
  }

  private SampleProject fastJar(SampleProject sample) {
    return sample
        .file("target/quarkus-app/quarkus-run.jar", "run")
        .file("target/quarkus-app/quarkus-app-dependencies.txt", "list")
        .file("target/quarkus-app/app/orders-1.0.jar", "app")
        .file("target/quarkus-app/lib/boot/io.quarkus.quarkus-bootstrap-runner-3.33.2.jar", "boot")
        .file("target/quarkus-app/lib/main/com.example.common-1.0.jar", "module")
        .file("target/quarkus-app/lib/main/com.acme.util-2-SNAPSHOT.jar", "snapshot")
        .file("target/quarkus-app/lib/main/io.vertx.vertx-core-4.5.jar", "vertx")
        .file("target/quarkus-app/quarkus/generated-bytecode.jar", "generated")
        .file("target/quarkus-app/quarkus/quarkus-application.dat", "dat")
        .file(
            "target/quarkus-artifact.properties",
            "metadata.library-dir="
                + folder.resolve("target/quarkus-app/lib")
                + "\npath=quarkus-app/quarkus-run.jar\ntype=jar\n");
  }

  private PackagedService layers(SampleProject sample, LayeringSettings settings, Choice choice) {
    return new ProjectLayering(
            sample.session,
            new RecordingLog(),
            console,
            JibProvider::new,
            (project, plugin) -> List.of())
        .layersOf(sample.project, settings, choice, folder.resolve("scratch"));
  }

  private PackagedService layers(SampleProject sample) {
    return layers(sample, LayeringSettings.NONE, Choice.AUTO);
  }

  private String refusal(SampleProject sample) {
    return catchThrowableOfType(GoldenException.class, () -> layers(sample)).getMessage();
  }

  /** Files by layer, lowest first. */
  private static Map<String, List<String>> files(PackagedService service) {
    Map<String, List<String>> files = new LinkedHashMap<>();
    service
        .layers()
        .forEach(
            layer ->
                files.put(
                    layer.name(),
                    layer.entries().stream()
                        .filter(LayerEntry.File.class::isInstance)
                        .map(LayerEntry::path)
                        .toList()));
    return files;
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void aFastJarKeepsItsLayoutInLayersOfItsOwn(Choice choice) {
    SampleProject sample = fastJar(quarkus()).module("common", "module");

    PackagedService service = layers(sample, LayeringSettings.NONE, choice);

    assertThat(files(service))
        .containsExactly(
            Map.entry(
                "dependencies",
                List.of(
                    "app/lib/boot/io.quarkus.quarkus-bootstrap-runner-3.33.2.jar",
                    "app/lib/main/io.vertx.vertx-core-4.5.jar")),
            Map.entry(
                "snapshot dependencies", List.of("app/lib/main/com.acme.util-2-SNAPSHOT.jar")),
            Map.entry("project dependencies", List.of("app/lib/main/com.example.common-1.0.jar")),
            Map.entry("classes", List.of("app/app/orders-1.0.jar")),
            Map.entry(
                "quarkus",
                List.of(
                    "app/quarkus-app-dependencies.txt",
                    "app/quarkus-run.jar",
                    "app/quarkus/generated-bytecode.jar",
                    "app/quarkus/quarkus-application.dat")));
    assertThat(service.container().entrypoint())
        .containsExactly(
            "java",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-jar",
            "/app/quarkus-run.jar");
    assertThat(service.container().mainClass()).isNull();
  }

  @Test
  void whatTheContainerSaysIsFollowedAsFarAsItMeansAnything() {
    SampleProject sample = fastJar(quarkus()).file("src/main/jib/etc/orders.yml", "a: b");
    PackagedService service =
        layers(
            sample,
            LayeringSettings.of(
                WrittenContainer.empty()
                    .appRoot("/deployments")
                    .jvmFlags(List.of("-Xmx512m"))
                    .mainClass("com.example.Main")
                    .args(List.of("--verbose"))
                    .build()),
            Choice.AUTO);

    assertThat(service.container().entrypoint())
        .containsExactly(
            "java",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Xmx512m",
            "-jar",
            "/deployments/quarkus-run.jar");
    assertThat(service.container().cmd()).containsExactly("--verbose");
    assertThat(files(service)).containsEntry("extra files", List.of("etc/orders.yml"));
    assertThat(console.lines)
        .containsExactly(
            "warning: <mainClass>, <extraClasspath> and <expandClasspathDependencies> of"
                + " <container> have no effect on 'com.example:orders:1.0', which is started with"
                + " 'java -jar'. Take them out; the jar's own manifest says its main class and its"
                + " class path.");
  }

  @Test
  void anEntrypointOfOnesOwnIsTaken() {
    ContainerSettings own = WrittenContainer.empty().entrypoint(List.of("/run")).build();
    assertThat(
            layers(fastJar(quarkus()), LayeringSettings.of(own), Choice.AUTO)
                .container()
                .entrypoint())
        .containsExactly("/run");
    ContainerSettings inherited = WrittenContainer.empty().entrypoint(List.of("INHERIT")).build();
    assertThat(
            layers(fastJar(quarkus()), LayeringSettings.of(inherited), Choice.AUTO)
                .container()
                .entrypoint())
        .isNull();
  }

  @Test
  void anUberJarIsOneFile() {
    SampleProject sample =
        quarkus()
            .file("target/orders-1.0-runner.jar", "all")
            .file("target/quarkus-artifact.properties", "path=orders-1.0-runner.jar\ntype=jar\n");
    assertThat(files(layers(sample)))
        .containsExactly(Map.entry("classes", List.of("app/quarkus-run.jar")));
  }

  @Test
  void aLegacyJarHasItsLibrariesBesideIt() {
    SampleProject sample =
        quarkus()
            .file("target/orders-1.0-runner.jar", "app")
            .file("target/lib/io.vertx.vertx-core-4.5.jar", "vertx")
            .file(
                "target/quarkus-artifact.properties",
                "metadata.library-dir="
                    + folder.resolve("target/lib")
                    + "\npath=orders-1.0-runner.jar\ntype=jar\n");
    assertThat(files(layers(sample)))
        .containsExactly(
            Map.entry("dependencies", List.of("app/lib/io.vertx.vertx-core-4.5.jar")),
            Map.entry("classes", List.of("app/quarkus-run.jar")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "native-sources", "native-container"})
  void aNativeExecutableIsRefused(String type) {
    SampleProject sample =
        quarkus()
            .file("target/quarkus-artifact.properties", "path=orders-runner\ntype=" + type + "\n");
    assertThat(refusal(sample))
        .isEqualTo(
            "Quarkus packaged 'com.example:orders:1.0' as '"
                + type
                + "', which is no jar. golden:build packages what a golden image's JVM runs: build"
                + " without quarkus.native.enabled, with quarkus.package.jar.type 'fast-jar'.");
  }

  @Test
  void whatIsNotPackagedIsRefused() {
    assertThat(refusal(quarkus()))
        .isEqualTo(
            "'com.example:orders:1.0' is not packaged: '"
                + folder.resolve("target/quarkus-artifact.properties")
                + "' is not there."
                + BUILD_IT);
    assertThat(
            refusal(
                quarkus().file("target/quarkus-artifact.properties", "path=gone.jar\ntype=jar\n")))
        .isEqualTo(
            "'com.example:orders:1.0' is not packaged: '"
                + folder.resolve("target/quarkus-app/quarkus-run.jar")
                + "' is not there."
                + BUILD_IT);
  }

  @Test
  void whatIsOlderThanTheClassesIsRefused() throws IOException {
    SampleProject sample = fastJar(quarkus());
    Path changed = sample.classes().resolve("com/example/Main.class");
    Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(refusal(sample))
        .isEqualTo(
            "'com.example:orders:1.0' is not packaged: '"
                + changed
                + "' is newer than what Quarkus packaged."
                + BUILD_IT);
  }

  @Test
  void aFolderOfAnotherDayIsNotTakenWhereThePomNamesNoQuarkus() {
    assertThat(layers(fastJar(SampleProject.jar(folder).compiledMain())).container().mainClass())
        .isEqualTo("com.example.Main");
  }

  @Test
  void aPluginThatOnlyGeneratesCodePackagesNothing() {
    SampleProject sample =
        fastJar(
            SampleProject.jar(folder)
                .compiledMain()
                .wholePlugin(
                    "io.quarkus:quarkus-maven-plugin", BUILD.replace("build", "generate-code")));
    assertThat(layers(sample).container().mainClass()).isEqualTo("com.example.Main");
  }

  @Test
  void thePackagingOfQuarkusIsEnough() {
    assertThat(files(layers(fastJar(SampleProject.of(folder, "quarkus"))))).containsKey("quarkus");
  }
}
