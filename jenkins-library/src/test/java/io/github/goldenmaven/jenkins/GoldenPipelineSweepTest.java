package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Something goes wrong at each step of a release in turn. */
class GoldenPipelineSweepTest {

  private static final String RELEASE = "a release with its approval";
  private static final List<StepRecord> STEPS = undisturbed().steps();

  /** What only shows a result: the pipeline may do without it, and says so. */
  private static final List<String> OPTIONAL =
      List.of("publishHTML", "recordIssues", "publishChecks", "addSummary", "lock");

  private static Build undisturbed() {
    return GoldenPipelineTest.run(GoldenPipelineTest.scenario(RELEASE), Restarts.NONE, true);
  }

  private static int promotion() {
    return STEPS.stream()
        .filter(step -> step.name().equals("sh") && step.file().endsWith("goldenMaven.groovy"))
        .filter(step -> step.arguments().contains("GOLDEN_ARGUMENT_"))
        .reduce((first, last) -> last)
        .orElseThrow()
        .number();
  }

  @ParameterizedTest
  @EnumSource(Disturbance.Kind.class)
  void whateverGoesWrongNothingIsPromotedThatShouldNotBe(Disturbance.Kind kind) {
    for (StepRecord step : STEPS) {
      GoldenPipelineTest.Scenario plain = GoldenPipelineTest.scenario(RELEASE);
      GoldenPipelineTest.Scenario scenario =
          new GoldenPipelineTest.Scenario(
              plain.name(),
              plain.jenkinsfile(),
              plain.controller().disturbedBy(new Disturbance(kind, step.number())),
              plain.maven(),
              "",
              0,
              0,
              java.util.Optional.empty());
      Build build = GoldenPipelineTest.run(scenario, Restarts.NONE, true);
      String at = kind + " at " + step + ", ended with " + build.error();

      assertThat(build.violations()).as(at).isEmpty();
      assertThat(scenario.maven().pushed).as(at).hasSizeLessThanOrEqualTo(1);
      switch (kind) {
        case FAULT, ABORT -> {
          String result = kind == Disturbance.Kind.FAULT ? "FAILURE" : "ABORTED";
          assertThat(build.result()).as(at).isEqualTo(result);
          int promoted = step.number() > promotion() ? 1 : 0;
          assertThat(scenario.maven().promoted).as(at).hasSize(promoted);
        }
        case CONTROLLER_GONE, AGENT_LOST -> {
          assertThat(build.result()).as(at).isEqualTo("SUCCESS");
          assertThat(scenario.maven().promoted).as(at).hasSize(1);
          assertThat(scenario.maven().pushed).as(at).hasSize(1);
        }
      }
    }
  }

  static Stream<String> optionalSteps() {
    return Stream.concat(OPTIONAL.stream(), Stream.of("milestone"));
  }

  @ParameterizedTest
  @MethodSource("optionalSteps")
  void aPluginThatIsAbsentIsNamedAndNotNeeded(String step) {
    GoldenPipelineTest.Scenario plain = GoldenPipelineTest.scenario(RELEASE);
    Build build =
        GoldenPipelineTest.run(
            new GoldenPipelineTest.Scenario(
                plain.name(),
                plain.jenkinsfile(),
                plain.controller().withoutSteps(step),
                plain.maven(),
                "",
                0,
                0,
                java.util.Optional.empty()),
            Restarts.NONE,
            true);

    assertThat(build.error()).isEmpty();
    assertThat(build.result()).isEqualTo("SUCCESS");
    assertThat(plain.maven().promoted).hasSize(1);
    assertThat(plain.maven().runs).doesNotHaveDuplicates();
    assertThat(build.log()).contains("is not installed, so there is no " + step + ": ");
  }

  @Test
  void everyStepOfThePipelineIsDisturbed() {
    assertThat(STEPS).hasSizeGreaterThan(60);
    assertThat(promotion()).isBetween(50, STEPS.size());
  }
}
