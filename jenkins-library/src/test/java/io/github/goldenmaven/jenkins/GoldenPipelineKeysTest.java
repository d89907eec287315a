package io.github.goldenmaven.jenkins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the keys of {@code goldenPipeline()} do, and how a wrong one is refused. */
class GoldenPipelineKeysTest extends GoldenPipelineFixture {

  static Stream<Arguments> refusedKeys() throws IOException {
    try (InputStream table =
        Objects.requireNonNull(
            GoldenPipelineKeysTest.class.getResourceAsStream("refused-keys.txt"))) {
      return new String(table.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" => ", 2))
          .map(row -> Arguments.of(row[0], row[1]));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedKeys")
  void keysAreCheckedBeforeTheFirstStage(String keys, String message) {
    Build build = pipeline(BRANCH, keys);

    assertThat(build.error()).contains("goldenPipeline: " + message);
    assertThat(build.steps()).extracting(StepRecord::name).containsOnly("error");
  }

  @Test
  void aMisspeltKeyIsRefusedWithTheNearestOne() {
    for (String other : List.of("Image", "IMAGE", "images", "imag")) {
      assertThat(pipeline(BRANCH, other + ": 'x'").error().orElseThrow())
          .startsWith("goldenPipeline has no key '" + other + "'. Did you mean 'image'? Known: ");
    }
    assertThat(pipeline(BRANCH, "stages: [afterGat: { r -> }]").error().orElseThrow())
        .startsWith("goldenPipeline's stages has no key 'afterGat'. Did you mean 'afterGate'?");
    assertThat(pipeline(BRANCH, "notify: [onSucces: { t -> }]").error().orElseThrow())
        .startsWith("goldenPipeline's notify has no key 'onSucces'. Did you mean 'onSuccess'?");
    assertThat(pipeline(BRANCH, "kubernetes: [lable: 'a']").error().orElseThrow())
        .startsWith("goldenPipeline's kubernetes has no key 'lable'. Did you mean 'label'?");
  }

  /** A GString is another key than its text, and so is each after a restart. */
  @Test
  void textsWithValuesInThemAreTexts() {
    String host = "registry.example";
    Build build =
        controller(maven, BRANCH)
            .withRestarts(Restarts.EVERY)
            .build(
                Jenkinsfile.of(
                    ("def x = 'example'\ngoldenPipeline(image: \"registry.${x}/apps/orders:1\","
                        + " policy: \"golden-policy.${'yaml'}\", credentials:"
                        + " [(\"registry.${x}\".toString()): \"${'push'}\", \"other.${x}\":"
                        + " 'pull'], arguments: [\"-Da=${1 + 1}\"])")));

    assertThat(build.error()).isEmpty();
    assertThat(build.violations()).isEmpty();
    assertThat(maven.runs.get(1))
        .startsWith("-Da=2 -DskipTests -Dgolden.image=" + host + "/apps/orders:1 ");
    assertThat(maven.environments.get(1))
        .containsEntry("GOLDEN_PASSWORD_0", "s3cret-push")
        .containsEntry("GOLDEN_PASSWORD_1", "s3cret-pull");
  }

  @Test
  void aFolderOfItsOwnIsFollowedEverywhere() {
    Build build = pipeline(BRANCH, IMAGE, POLICY, "outputDirectory: 'out/golden'");

    assertThat(build.error()).isEmpty();
    assertThat(build.archived()).contains("out/golden/image.json", "out/golden/verify.xml");
    assertThat(build.description().orElseThrow()).endsWith(": pass");
  }

  @Test
  void toolsOfJenkinsRunInPlaceOfAWrapper(@TempDir Path project) throws IOException {
    Files.writeString(project.resolve("mvnw"), "exit 1\n");
    Controller controller = controller(maven, BRANCH).withCheckout(project);

    assertThat(controller.build(Jenkinsfile.of("goldenPipeline()")).error()).isEmpty();
    assertThat(maven.commands).anyMatch(command -> command.startsWith("sh ./mvnw -B -ntp"));
    maven.commands.clear();
    maven.environments.clear();

    Build tools = controller.build(Jenkinsfile.of("goldenPipeline(maven: 'M3', jdk: 'J17')"));
    assertThat(tools.error()).isEmpty();
    assertThat(maven.commands)
        .noneMatch(command -> command.contains("mvnw"))
        .anyMatch(command -> command.startsWith("mvn -B -ntp"));
    assertThat(maven.environments)
        .allSatisfy(
            environment ->
                assertThat(environment)
                    .containsEntry("JAVA_HOME", "/tools/J17")
                    .containsEntry("PATH+GOLDEN_JDK", "/tools/J17/bin")
                    .containsEntry("PATH+GOLDEN_MAVEN", "/tools/M3/bin"));
  }

  @Test
  void oldBuildsAreDiscardedWhereNothingElseSaysHow() {
    assertThat(shown(pipeline(BRANCH), "properties"))
        .singleElement()
        .asString()
        .contains("buildDiscarder", "logRotator", "numToKeepStr=30");
    assertThat(shown(pipeline(Map.of()), "properties")).as("no multibranch job").isEmpty();
    assertThat(shown(pipeline(BRANCH, "keepBuilds: 0"), "properties")).isEmpty();
    assertThat(
            shown(
                pipeline(Map.of(), "properties: [disableConcurrentBuilds()], keepBuilds: 5"),
                "properties"))
        .singleElement()
        .asString()
        .contains("disableConcurrentBuilds", "numToKeepStr=5");
  }

  @Test
  void theTestsRunUnderEachJdkAndTheImageIsBuiltUnderTheFirst() {
    assertThat(pipeline(BRANCH, IMAGE, "jdks: ['17', '21']").error()).isEmpty();
    assertThat(maven.environments)
        .extracting(environment -> environment.get("JAVA_HOME"))
        .containsExactly("/tools/21", "/tools/17", "/tools/17");
    assertThat(maven.runs.get(0)).isEqualTo("-Dgolden.push=false verify");
  }

  @Test
  void theLogHasTimesUnlessNobodyWantsThem() {
    assertThat(shown(pipeline(BRANCH), "timestamps")).hasSize(1);
    assertThat(shown(pipeline(BRANCH, "timestamps: false"), "timestamps")).isEmpty();
  }

  /** A policy in the checkout is one that the service's branches may change. */
  @Test
  void aPolicyOfItsOwnRepositoryLiesOutsideOfTheCheckout() {
    Build build = pipeline(TAG, IMAGE, POLICY, TO, "policyScm: scmGit(branches: [[name: 'main']])");

    assertThat(build.error()).isEmpty();
    assertThat(maven.runs.subList(1, 4))
        .allMatch(run -> run.contains("workspace/job@tmp/golden-policy/golden-policy.yaml"));
    assertThat(shown(build, "checkout"))
        .filteredOn(line -> line.contains("scmGit"))
        .hasSize(2)
        .allMatch(line -> line.contains("changelog: false"));
  }
}
