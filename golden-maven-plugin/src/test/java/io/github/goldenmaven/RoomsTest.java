package io.github.goldenmaven;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Arrows between rooms point one way, no room is crowded, and each outside library has one door.
 */
class RoomsTest {

  private static final String BASE = "io.github.goldenmaven";
  private static final int FILES_IN_A_ROOM = 25;
  private static final Path SOURCES =
      Path.of(System.getProperty("basedir", ""), "src/main/java", BASE.replace('.', '/'));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/test/"))
          .importPackages(BASE);

  /** Lowest floor last; a room may use rooms of lower floors, and its own rooms within. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("mojo"),
          List.of("bake", "packaging", "verify", "promote", "lineage", "simulate"),
          List.of("contents"),
          List.of("statements"),
          List.of("golden"),
          List.of("assembly"),
          List.of("provenance"),
          List.of("registry"),
          List.of("cache", "signing"),
          List.of("library", "certificates"),
          List.of("console"),
          List.of("oci"),
          List.of("files", "concurrent"),
          List.of(""),
          List.of("text"));

  @Test
  void noRoomKnowsARoomOfItsOwnFloorOrAbove() {
    List<String> arrows = new ArrayList<>();
    for (JavaClass from : CLASSES) {
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(to -> to.getPackageName().startsWith(BASE))
          .filter(to -> !room(to).equals(room(from)) && floor(to) <= floor(from))
          .forEach(to -> arrows.add(from.getName() + " -> " + to.getName()));
    }
    assertThat(arrows).isEmpty();
  }

  @Test
  void noPackagesGoInACircle() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (JavaClass from : CLASSES) {
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType().getPackageName())
          .filter(to -> to.startsWith(BASE) && !to.equals(from.getPackageName()))
          .forEach(
              to -> arrows.computeIfAbsent(from.getPackageName(), name -> new TreeSet<>()).add(to));
    }
    // The engine for pipelines is of the other module, which holds its own order.
    arrows.keySet().removeIf(name -> name.startsWith(BASE + ".jenkins"));
    while (arrows.values().removeIf(to -> to.stream().noneMatch(arrows::containsKey))) {
      // What leads to no package that still stands is in no circle, nor then is what led to it.
    }
    assertThat(arrows).isEmpty();
  }

  @Test
  void noRoomIsCrowded() throws IOException {
    Map<String, Long> crowded = new TreeMap<>(files());
    crowded.values().removeIf(number -> number <= FILES_IN_A_ROOM);
    assertThat(crowded).isEmpty();
  }

  @Test
  void eachRoomSaysWhatItIsFor() throws IOException {
    for (String room : files().keySet()) {
      assertThat(SOURCES.resolve(room).resolve("package-info.java"))
          .content()
          .contains("/**")
          .contains("@NullMarked");
    }
  }

  @Test
  void onlyTheMojoAndTheRoomsOfProjectsImportMaven() {
    only("org.apache.maven..", within("mojo"), within("packaging.maven"), within("packaging.jib"));
    only("org.eclipse.aether..", within("mojo"), within("packaging.maven"), within("library"));
  }

  @Test
  void onlyTheOciRoomImportsTheJsonLibraryAndTheDeflater() {
    only("com.google.gson..", BASE + ".oci.json");
    only("com.jcraft..", BASE + ".oci.layer");
    only("io.airlift..", BASE + ".oci.layer");
  }

  @Test
  void onlyTheRegistryRoomImportsTheHttpClient() {
    only("java.net.http..", within("registry"));
  }

  @Test
  void onlyTheDockerRoomImportsDockerJava() {
    only("com.github.dockerjava..", within("registry.docker"));
  }

  @Test
  void onlyTheYamlRoomImportsTheYamlLibrary() {
    only("org.snakeyaml..", BASE + ".golden.yaml");
  }

  @Test
  void onlyTheTwoJibRoomsImportJib() {
    only("com.google.cloud.tools..", within("packaging.jib"), within("registry.credentials.jib"));
  }

  @Test
  void onlyTheJenkinsRoomImportsTheEngineForPipelines() {
    only(within("jenkins"), within("simulate.jenkins"), within("jenkins"));
  }

  /** They are loaded with their library, by name, when a build needs it. */
  @Test
  void nobodyImportsTheRoomsOfALibrary() {
    for (String room :
        List.of(
            "packaging.jib", "registry.credentials.jib", "registry.docker", "simulate.jenkins")) {
      only(within(room), within(room));
    }
  }

  private static void only(String library, String... rooms) {
    noClasses()
        .that()
        .resideOutsideOfPackages(rooms)
        .should()
        .dependOnClassesThat(resideInAPackage(library))
        .check(CLASSES);
  }

  /** Java files of each folder, by its path below the base package. */
  private static Map<String, Long> files() throws IOException {
    try (Stream<Path> paths = Files.walk(SOURCES)) {
      return paths
          .filter(path -> path.toString().endsWith(".java"))
          .map(path -> SOURCES.relativize(path).getParent())
          .collect(
              Collectors.groupingBy(
                  folder -> folder == null ? "" : folder.toString(), Collectors.counting()));
    }
  }

  private static int floor(JavaClass type) {
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      if (FLOORS.get(floor).contains(room(type))) {
        return floor;
      }
    }
    // The engine for pipelines, of the other module: the room that may import it is held above.
    return FLOORS.size();
  }

  /** A room of the plugin; "" is the base package's own. */
  private static String room(JavaClass type) {
    String below = type.getPackageName().substring(BASE.length());
    return below.isEmpty() ? "" : below.substring(1).split("\\.", 2)[0];
  }

  private static String within(String name) {
    return BASE + "." + name + "..";
  }
}
