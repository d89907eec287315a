package io.github.goldenmaven;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrows between rooms point one way, and each outside library has one door. */
class RoomsTest {

  private static final String BASE = "io.github.goldenmaven";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/test/"))
          .importPackages(BASE);

  /** Lowest floor last; use cases do not know each other. */
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("mojo"),
          List.of(
              "bake", "packaging", "verify", "rebase", "promote", "fleet", "lineage", "simulate"),
          List.of("golden", "provenance", "signing", "assembly"),
          List.of("registry", "library"),
          List.of("certificates"),
          List.of("oci"));

  @Test
  void noRoomKnowsARoomAboveIt() {
    for (int floor = 1; floor < FLOORS.size(); floor++) {
      String[] above =
          FLOORS.subList(0, floor).stream()
              .flatMap(List::stream)
              .map(RoomsTest::room)
              .toArray(String[]::new);
      for (String room : FLOORS.get(floor)) {
        noClasses()
            .that(resideInAPackage(room(room)))
            .should()
            .dependOnClassesThat(resideInAnyPackage(above))
            .allowEmptyShould(true)
            .check(CLASSES);
      }
    }
  }

  @Test
  void useCasesDoNotKnowEachOther() {
    for (String room : FLOORS.get(1)) {
      String[] others =
          FLOORS.get(1).stream()
              .filter(other -> !other.equals(room))
              .map(RoomsTest::room)
              .toArray(String[]::new);
      noClasses()
          .that(resideInAPackage(room(room)))
          .should()
          .dependOnClassesThat(resideInAnyPackage(others))
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void goldenKnowsTheLabelsButLabelsDoNotKnowWhatGoldenMeans() {
    noClasses()
        .that(resideInAPackage(room("provenance")))
        .should()
        .dependOnClassesThat(resideInAPackage(room("golden")))
        .check(CLASSES);
  }

  @Test
  void theLowestRoomsShareNothingWithTheHigherOnes() {
    noClasses()
        .that(resideInAPackage(BASE))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                FLOORS.subList(0, FLOORS.size() - 1).stream()
                    .flatMap(List::stream)
                    .map(RoomsTest::room)
                    .toArray(String[]::new)))
        .check(CLASSES);
  }

  @Test
  void onlyTheMojoAndTheRoomsOfProjectsImportMaven() {
    only("org.apache.maven..", room("mojo"), room("packaging.maven"), room("packaging.jib"));
    only("org.eclipse.aether..", room("mojo"), room("packaging.maven"), room("library"));
  }

  @Test
  void onlyTheOciRoomImportsTheJsonLibraryAndTheDeflater() {
    only("com.google.gson..", room("oci"));
    only("com.jcraft..", room("oci"));
    only("io.airlift..", room("oci"));
  }

  @Test
  void onlyTheRegistryRoomImportsTheHttpClient() {
    only("java.net.http..", BASE + ".registry");
  }

  @Test
  void onlyTheDockerRoomImportsDockerJava() {
    only("com.github.dockerjava..", room("registry.docker"));
  }

  @Test
  void onlyTheGoldenRoomImportsTheYamlLibrary() {
    only("org.snakeyaml..", room("golden"));
  }

  @Test
  void onlyTheTwoJibRoomsImportJib() {
    only("com.google.cloud.tools..", room("packaging.jib"), room("registry.credentials.jib"));
  }

  @Test
  void onlyTheJenkinsRoomImportsTheEngineForPipelines() {
    only(room("jenkins"), room("simulate.jenkins"), room("jenkins"));
  }

  /** They are loaded with their library, by name, when a build needs it. */
  @Test
  void nobodyImportsTheRoomsOfALibrary() {
    for (String room :
        List.of(
            "packaging.jib", "registry.credentials.jib", "registry.docker", "simulate.jenkins")) {
      only(room(room), room(room));
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

  private static String room(String name) {
    return BASE + "." + name + "..";
  }
}
