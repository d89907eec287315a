package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.jenkins.PipelineScenario.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code goldenPipeline()} in every situation, with and without restarts, trusted and sandboxed.
 */
@Tag("sweep")
class GoldenPipelineTest {

  private static final Map<String, List<String>> WITHOUT_RESTARTS = new ConcurrentHashMap<>();

  static Stream<Arguments> everySituation() {
    List<Arguments> all = new ArrayList<>();
    for (String name : PipelineScenario.NAMES) {
      for (Restarts restarts : List.of(Restarts.NONE, Restarts.EVERY)) {
        for (Trust trust : List.of(Trust.EVERYTHING, Trust.NOTHING)) {
          all.add(Arguments.of(name, restarts, trust));
        }
      }
    }
    all.add(Arguments.of("a release with its approval", Restarts.EVERY, Trust.THE_LIBRARY));
    all.add(Arguments.of("a pull request", Restarts.EVERY, Trust.THE_LIBRARY));
    return all.stream();
  }

  @ParameterizedTest(name = "{0}, restarts {1}, trusts {2}")
  @MethodSource("everySituation")
  void endsAsItShouldAndTellsTheSameSteps(String name, Restarts restarts, Trust trust) {
    PipelineScenario scenario = PipelineScenario.named(name);
    Build build = scenario.run(restarts, trust);

    assertThat(build.violations()).isEmpty();
    assertThat(build.error()).isEqualTo(scenario.error());
    assertThat(build.result()).isEqualTo(scenario.result());
    assertThat(scenario.maven().pushed).hasSize(scenario.pushed());
    assertThat(scenario.maven().promoted).hasSize(scenario.promoted());
    if (!name.equals("several JDKs")) {
      assertThat(published(build, "junit"))
          .as("each file once, for Jenkins counts them")
          .doesNotHaveDuplicates();
      assertThat(scenario.maven().runs).doesNotHaveDuplicates();
    }
    assertThat(published(build, "publishHTML")).hasSizeLessThanOrEqualTo(1);
    assertThat(published(build, "recordIssues")).hasSizeLessThanOrEqualTo(1);
    assertThat(build.transcript())
        .isEqualTo(WITHOUT_RESTARTS.computeIfAbsent(name, GoldenPipelineTest::plainTranscript));
    assertThat(build.restarts()).isEqualTo(restarts == Restarts.NONE ? 0 : build.steps().size());
    assertThatPeopleRead(build, name);
  }

  private static List<String> plainTranscript(String name) {
    return PipelineScenario.named(name).run(Restarts.NONE, Trust.EVERYTHING).transcript();
  }

  private static void assertThatPeopleRead(Build build, String name) {
    if (name.equals("a base that is none of the company's")) {
      assertThat(build.description()).contains("refused: 'x/java:21' is no golden image.");
      assertThat(published(build, "publishHTML")).hasSize(1);
      assertThat(published(build, "junit")).hasSize(2);
    } else if (name.startsWith("a tag that is taken") || name.startsWith("a taken tag of")) {
      assertThat(build.description().orElseThrow()).contains("' holds 'sha256:");
      assertThat(published(build, "input")).as("nobody was asked").isEmpty();
    } else {
      assertThat(build.description().orElseThrow())
          .contains("@" + FakeMaven.DIGEST.substring(7, 19) + " on golden/java:21")
          .doesNotContain("\n");
    }
  }

  static List<String> published(Build build, String step) {
    return build.steps().stream()
        .filter(record -> record.name().equals(step))
        .map(record -> record.arguments().toString())
        .toList();
  }
}
