package io.github.goldenmaven.packaging.maven;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.jib.JibProvider;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import io.github.goldenmaven.packaging.maven.ProjectLayering.Choice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of this subject share. */
abstract class ProjectLayeringFixture {

  @TempDir Path folder;

  final RecordingLog log = new RecordingLog();

  final RecordingConsole console = new RecordingConsole();

  PackagedService layers(SampleProject sample, Choice choice) {
    return new ProjectLayering(
            sample.session, log, console, JibProvider::new, (project, plugin) -> List.of())
        .layersOf(sample.project, LayeringSettings.NONE, choice, folder.resolve("scratch"));
  }

  /** Both ways, except for these folders of the base, which only jib names. */
  void equalJib(SampleProject sample, String... foldersOfTheBase) throws Exception {
    lean(sample, foldersOfTheBase);
    assertThat(log.debug).contains("Layering 'com.example:orders:1.0' without jib.");
    byJib(sample, foldersOfTheBase);
  }

  PackagedService lean(SampleProject sample, String... foldersOfTheBase) throws Exception {
    return compared(sample, layers(sample, Choice.AUTO), foldersOfTheBase);
  }

  PackagedService byJib(SampleProject sample, String... foldersOfTheBase) throws Exception {
    log.debug.clear();
    PackagedService service = layers(sample, Choice.JIB);
    assertThat(log.debug).contains("Layering 'com.example:orders:1.0' with jib-maven-plugin.");
    return compared(sample, service, foldersOfTheBase);
  }

  static PackagedService compared(
      SampleProject sample, PackagedService ours, String... foldersOfTheBase) throws Exception {
    JibItself jib = JibItself.of(sample);
    List<String> ofTheBase = Arrays.stream(foldersOfTheBase).map(path -> path + " ").toList();
    List<String> named = jib.layers().stream().flatMap(layer -> layer.entries().stream()).toList();
    assertThat(ofTheBase)
        .allSatisfy(path -> assertThat(named).anyMatch(line -> line.startsWith(path)));
    List<JibItself.Layer> expected =
        jib.layers().stream()
            .map(layer -> without(layer, ofTheBase))
            .filter(layer -> !layer.entries().isEmpty())
            .toList();
    assertThat(LayerListing.of(ours)).isEqualTo(expected);
    assertThat(facts(ours.container())).isEqualTo(facts(jib.plan()));
    return ours;
  }

  static JibItself.Layer without(JibItself.Layer layer, List<String> paths) {
    return new JibItself.Layer(
        layer.name(),
        layer.entries().stream()
            .filter(line -> paths.stream().noneMatch(line::startsWith))
            .toList());
  }

  static Map<String, String> facts(ServiceContainer container) {
    return Map.of(
        "entrypoint", String.valueOf(container.entrypoint()),
        "cmd", String.valueOf(container.cmd()),
        "environment", container.environment().toString(),
        "labels", container.labels().toString(),
        "ports", container.ports().toString(),
        "volumes", container.volumes().toString(),
        "user", String.valueOf(container.user()),
        "workingDirectory", String.valueOf(container.workingDirectory()));
  }

  static Map<String, String> facts(ContainerBuildPlan plan) {
    return Map.of(
        "entrypoint", String.valueOf(plan.getEntrypoint()),
        "cmd", String.valueOf(plan.getCmd()),
        "environment", new java.util.TreeMap<>(plan.getEnvironment()).toString(),
        "labels", new java.util.TreeMap<>(plan.getLabels()).toString(),
        "ports", plan.getExposedPorts().stream().map(Object::toString).sorted().toList().toString(),
        "volumes", plan.getVolumes().stream().map(Object::toString).sorted().toList().toString(),
        "user", String.valueOf(plan.getUser()),
        "workingDirectory", String.valueOf(plan.getWorkingDirectory()));
  }

  SampleProject jar() {
    return SampleProject.jar(folder);
  }

  /** Path and content of the files whose path begins so. */
  static List<String> contents(PackagedService service, String prefix) throws IOException {
    List<String> contents = new ArrayList<>();
    for (ServiceLayer layer : service.layers()) {
      for (LayerEntry entry : layer.entries()) {
        if (entry instanceof LayerEntry.File file && file.path().startsWith(prefix)) {
          try (InputStream in = file.content().open()) {
            contents.add(file.path() + " " + new String(in.readAllBytes(), UTF_8));
          }
        }
      }
    }
    return contents;
  }

  SampleProject war(String container) {
    return SampleProject.of(folder, "war")
        .property("maven.compiler.release", "17")
        .plugin(
            SampleProject.JIB,
            "<from><image>registry.example/golden/jetty:12</image></from>" + container)
        .dependency("com.example", "orders-api", "1.0", "api")
        .reactor("orders-api")
        .zip(
            "target/orders-1.0.war",
            Map.of(
                "index.html", "hello",
                "WEB-INF/web.xml", "<web-app/>",
                "WEB-INF/classes/com/example/Page.class", "class",
                "WEB-INF/classes/page.properties", "a=b",
                "WEB-INF/lib/alpha-1.0.jar", "alpha",
                "WEB-INF/lib/snap-1.0-SNAPSHOT.jar", "snap",
                "WEB-INF/lib/orders-api-1.0.jar", "api"));
  }

  static List<String> paths(PackagedService service) {
    return service.layers().stream()
        .flatMap(layer -> layer.entries().stream())
        .map(entry -> entry.path())
        .collect(Collectors.toList());
  }
}
