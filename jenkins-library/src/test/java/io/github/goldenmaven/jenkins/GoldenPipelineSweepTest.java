package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Something goes wrong at each step of a release in turn. */
@Tag("sweep")
class GoldenPipelineSweepTest {

  private static final String RELEASE = "a release with its approval";
  private static final List<StepRecord> STEPS = withoutFaults().steps();

  /** What users read where something is absent that cannot be done without, by its plugin. */
  private static final Map<String, String> NEEDED =
      Map.of(
          "junit", "The reports need the plugin junit. Install it.",
          "pipeline-input-step",
              "The approval needs the plugin pipeline-input-step. Install it, or leave the key 'to'"
                  + " out.",
          "credentials-binding",
              "The key 'credentials' needs the plugin credentials-binding. Install it, or leave the"
                  + " key out.",
          "config-file-provider",
              "The key 'settings' needs the plugin config-file-provider. Install it, or leave the"
                  + " key out.");

  /** What makes Jenkins a Jenkins with pipelines. */
  private static final Set<String> ALWAYS =
      Set.of(
          "core",
          "pipeline-stage-step",
          "workflow-multibranch",
          "workflow-basic-steps",
          "workflow-durable-task-step",
          "workflow-scm-step");

  private static final String EVERYTHING =
      "goldenPipeline(image: 'registry.example/apps/orders:1', policy: 'golden-policy.yaml', to:"
          + " 'registry.example/release/orders:1', releaseBranches: ['release/*'], settings:"
          + " 'team', credentials: ['registry.example': 'push'])";

  private static Build withoutFaults() {
    return PipelineScenario.named(RELEASE).run(Restarts.NONE, PipelineScenario.Trust.EVERYTHING);
  }

  private static int promotion() {
    return STEPS.stream()
        .filter(step -> step.name().equals("sh") && step.file().endsWith("goldenCommand.groovy"))
        .filter(step -> step.text("script").contains("GOLDEN_ARGUMENT_"))
        .reduce((first, last) -> last)
        .orElseThrow()
        .number();
  }

  @ParameterizedTest
  @EnumSource(Fault.Kind.class)
  void whateverGoesWrongNothingIsPromotedThatShouldNotBe(Fault.Kind kind) {
    for (StepRecord step : STEPS) {
      PipelineScenario scenario =
          PipelineScenario.named(RELEASE).with(new Fault(kind, step.number()));
      Build build = scenario.run(Restarts.NONE, PipelineScenario.Trust.NOTHING);
      String at = kind + " at " + step + ", ended with " + build.error();

      assertThat(build.violations()).as(at).isEmpty();
      assertThat(scenario.maven().pushed).as(at).hasSizeLessThanOrEqualTo(1);
      switch (kind) {
        case FAILURE, ABORT -> {
          String result = kind == Fault.Kind.FAILURE ? "FAILURE" : "ABORTED";
          assertThat(build.result()).as(at).isEqualTo(result);
          int promoted = step.number() > promotion() ? 1 : 0;
          assertThat(scenario.maven().promoted).as(at).hasSize(promoted);
        }
        case CONTROLLER_RESTART, AGENT_LOST -> assertSurvived(build, scenario, step, at);
      }
    }
  }

  /** Everything is done and shown once; what broke in the middle was begun once more. */
  private static void assertSurvived(
      Build build, PipelineScenario scenario, StepRecord step, String at) {
    assertThat(build.result()).as(at).isEqualTo("SUCCESS");
    assertThat(scenario.maven().promoted).as(at).hasSize(1);
    assertThat(scenario.maven().pushed).as(at).hasSize(1);
    for (String counted : List.of("junit", "publishHTML", "recordIssues", "publishChecks")) {
      int broken = step.name().equals(counted) ? 1 : 0;
      assertThat(GoldenPipelineTest.published(build, counted))
          .as(at)
          .hasSize((counted.equals("junit") ? 2 : 1) + broken);
    }
  }

  private static Build without(FakeMaven maven, String... absent) {
    return Controller.create()
        .with(PipelineScenario.TRUSTED)
        .withEnvironment(Map.of("BRANCH_NAME", "release/1"))
        .withCredentials("push", Credentials.usernamePassword("ci", "s3cret-word"))
        .withManagedFile("team", "<settings/>")
        .withShell(maven)
        .withoutSteps(absent)
        .build(Jenkinsfile.of(EVERYTHING));
  }

  /** The plugins of the steps that a release calls, as the catalogue knows them. */
  static Stream<String> plugins() {
    return without(new FakeMaven("pass")).steps().stream()
        .map(step -> StepCatalogue.jenkins().find(step.name()).orElseThrow().plugin())
        .distinct()
        .filter(plugin -> !ALWAYS.contains(plugin));
  }

  @ParameterizedTest
  @MethodSource("plugins")
  void aPluginThatIsAbsentIsNamed(String plugin) {
    String[] steps =
        StepCatalogue.jenkins().all().stream()
            .filter(step -> step.plugin().equals(plugin))
            .map(StepType::name)
            .toArray(String[]::new);
    FakeMaven maven = new FakeMaven("pass");
    Build build = without(maven, steps);

    assertThat(maven.runs).doesNotHaveDuplicates();
    if (NEEDED.containsKey(plugin)) {
      assertThat(build.error()).contains(NEEDED.get(plugin));
      assertThat(build.steps()).extracting(StepRecord::name).containsExactly("error");
      assertThat(maven.promoted).isEmpty();
    } else {
      assertThat(build.error()).isEmpty();
      assertThat(build.result()).isEqualTo("SUCCESS");
      assertThat(maven.promoted).hasSize(1);
      assertThat(build.log())
          .containsPattern(
              "Golden Maven: the plugin " + plugin + " is not installed, so there is no \\w+: ");
    }
    assertThat(build.violations()).isEmpty();
  }

  @Test
  void allThatIsMissingIsSaidAtOnceAndFirst() {
    Build build = without(new FakeMaven("pass"), "junit", "withCredentials", "input");

    assertThat(build.error())
        .contains(
            NEEDED.get("junit")
                + " "
                + NEEDED.get("pipeline-input-step")
                + " "
                + NEEDED.get("credentials-binding"));
    assertThat(build.steps()).extracting(StepRecord::name).containsExactly("error");
    assertThat(build.violations()).isEmpty();
  }

  @Test
  void thesePluginsAreUsed() {
    assertThat(plugins())
        .containsExactlyInAnyOrder(
            "badge",
            "checks-api",
            "config-file-provider",
            "credentials-binding",
            "htmlpublisher",
            "junit",
            "lockable-resources",
            "pipeline-input-step",
            "pipeline-milestone-step",
            "timestamper",
            "warnings-ng");
  }

  @Test
  void theSweepGoesOverAllStepsToThePromotion() {
    assertThat(STEPS).hasSizeGreaterThan(60);
    assertThat(promotion()).isBetween(50, STEPS.size());
  }
}
