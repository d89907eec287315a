package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The image and its gate in {@code goldenPipeline()}: what Maven runs, and how often. */
class GoldenPipelineImageTest extends GoldenPipelineFixture {

  @Test
  void nothingIsPushedByTheTestsWhateverThePomBinds() {
    FakeMaven bound = new FakeMaven("pass").thatBindsTheGoal();
    assertThat(pipeline(bound, BRANCH, IMAGE, POLICY).error()).isEmpty();
    assertThat(bound.runs.get(0)).isEqualTo("-Dgolden.push=false verify");
    assertThat(bound.pushed).containsExactly("registry.example/apps/orders:1@" + FakeMaven.DIGEST);
  }

  @Test
  void aGateWithoutAVerdictDoesNotPass() {
    FakeMaven skipped = new FakeMaven("pass").skippedByItsPom();
    assertThat(pipeline(skipped, BRANCH, IMAGE, POLICY).error())
        .contains(
            "goldenPipeline: golden:build left no image to check. Remove golden.skip and"
                + " golden.outputDirectory from the POM, or name the folder in the key"
                + " 'outputDirectory'.");
    Controller controller = controller(skipped, BRANCH);
    for (String step : List.of("goldenVerify", "goldenPromote")) {
      assertThat(controller.build(Jenkinsfile.of("node { " + step + "(image: 'a/b:1') }")).error())
          .contains(
              step
                  + ": Maven succeeded, but it left no verdict. Remove golden.skip and"
                  + " golden.outputDirectory from the POM, or set the key 'skip' or"
                  + " 'outputDirectory'.");
      assertThat(controller.build(Jenkinsfile.of("node { " + step + "(skip: true) }")).error())
          .isEmpty();
    }
  }

  @Test
  void severalModulesNeedImagesOfTheirOwn() {
    FakeMaven reactor = new FakeMaven("pass", "orders", "stock");
    Build build = pipeline(reactor, BRANCH, IMAGE, POLICY);

    assertThat(build.error())
        .contains("goldenBuild: Maven failed. Its first ERROR line above says why.");
    assertThat(build.log()).contains("The modules 'orders' and 'stock' both build");
    assertThat(reactor.pushed).isEmpty();
  }

  @Test
  void whatEachModuleLeftIsArchived() {
    FakeMaven reactor = new FakeMaven("pass", "orders", "deep/below/stock");
    assertThat(pipeline(reactor, BRANCH, POLICY).archived())
        .contains(
            "orders/target/golden/image.json",
            "deep/below/stock/target/golden/image.json",
            "target/golden/verify.xml");
  }

  /** The tests get no credentials, and a release's gate has a JVM of its own. */
  @Test
  void mavenStartsTwiceWhereNothingIsReleased() {
    String goals =
        " io.github.goldenmaven:golden-maven-plugin:build"
            + " io.github.goldenmaven:golden-maven-plugin:verify";
    Build branch = pipeline(BRANCH, IMAGE, POLICY, TO);
    assertThat(maven.runs)
        .containsExactly(
            "-Dgolden.push=false verify",
            "-DskipTests -Dgolden.image=registry.example/apps/orders:1"
                + " -Dgolden.policy=golden-policy.yaml -Dgolden.built=true"
                + goals);
    assertThat(branch.description()).contains("apps/orders:1@aaaaaaaaaaaa on golden/java:21: pass");
    assertThat(shown(branch, "stage"))
        .anyMatch(line -> line.contains("'Golden image'"))
        .anyMatch(line -> line.contains("'Golden gate'"));

    FakeMaven request = new FakeMaven("pass");
    assertThat(pipeline(request, REQUEST, IMAGE, POLICY).error()).isEmpty();
    assertThat(request.runs)
        .hasSize(2)
        .last()
        .asString()
        .contains("-Dgolden.push=false")
        .endsWith(goals);
    FakeMaven plain = new FakeMaven("pass");
    assertThat(pipeline(plain, BRANCH, IMAGE).error()).isEmpty();
    assertThat(plain.runs).hasSize(2).last().asString().endsWith(":build");
  }

  /** A team signs there, say: the gate has to see what it did. */
  @Test
  void whoStepsBetweenTheImageAndTheGateKeepsThemApart() {
    String between = "stages: [afterImage: { r -> echo 'signs ' + r.images[0].reference }]";
    Build build = pipeline(BRANCH, IMAGE, POLICY, between);

    assertThat(build.log()).contains("signs registry.example/apps/orders:1");
    assertThat(maven.runs).hasSize(3);
    assertThat(maven.runs.get(2))
        .isEqualTo(
            "-Dgolden.image=registry.example/apps/orders:1@"
                + FakeMaven.DIGEST
                + " -Dgolden.policy=golden-policy.yaml -Dgolden.release=false"
                + " io.github.goldenmaven:golden-maven-plugin:verify");
  }

  /** Which goal it was, in which stage, in its own words. */
  @Test
  void oneStartOfMavenTellsTheImageFromTheGate() {
    Map<FakeMaven, String> ends = new LinkedHashMap<>();
    ends.put(
        new FakeMaven("pass").refusingTheBase("'x/java:21' is no golden image."),
        "goldenBuild: 'x/java:21' is no golden image. Take a golden image.");
    ends.put(new FakeMaven("refused"), "goldenVerify: The gate: refused. Look above.");
    ends.put(new FakeMaven("unknown"), "goldenVerify: The gate: unknown. Look above.");
    ends.put(
        new FakeMaven("pass").failingInItsImage(),
        "goldenBuild: Maven failed. Its first ERROR line above says why.");
    ends.forEach(
        (project, error) -> {
          Build build = pipeline(project, BRANCH, IMAGE, POLICY);
          assertThat(build.error()).contains(error);
          assertThat(shown(build, "stage").stream().anyMatch(line -> line.contains("gate")))
              .isEqualTo(error.startsWith("goldenVerify"));
          assertThat(project.runs).hasSize(2);
        });
  }
}
