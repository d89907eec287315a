package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who logs in where: the tests of {@code goldenPipeline()} never do. */
class GoldenPipelineCredentialsTest extends GoldenPipelineFixture {

  private static final String LOGINS =
      "credentials: ['registry.example': 'push'], pullCredentials: ['registry.example': 'pull']";
  private static final Map<String, String> FORK =
      Map.of("CHANGE_ID", "7", "CHANGE_FORK", "stranger");

  /** Which password each run of Maven sees, by its goal. */
  private Map<String, String> passwords() {
    Map<String, String> seen = new LinkedHashMap<>();
    for (int i = 0; i < maven.runs.size(); i++) {
      String run = maven.runs.get(i);
      String goal = run.substring(Math.max(run.lastIndexOf(':'), run.lastIndexOf(' ')) + 1);
      seen.put(
          goal.equals("verify") && i == 0 ? "tests" : goal,
          maven.environments.get(i).getOrDefault("GOLDEN_PASSWORD_0", ""));
    }
    return seen;
  }

  @Test
  void testsAreGivenNoCredentials() {
    assertThat(pipeline(TAG, IMAGE, POLICY, TO, LOGINS).error()).isEmpty();
    assertThat(passwords())
        .isEqualTo(
            Map.of(
                "tests", "",
                "build", "s3cret-push",
                "promote", "s3cret-push"));
  }

  @Test
  void aPullRequestIsGivenOnlyWhatMayRead() {
    assertThat(pipeline(REQUEST, IMAGE, POLICY, LOGINS).error()).isEmpty();
    assertThat(passwords()).isEqualTo(Map.of("tests", "", "verify", "s3cret-pull"));
  }

  @Test
  void aForksPullRequestIsGivenNoCredentials() {
    assertThat(pipeline(FORK, IMAGE, POLICY, LOGINS).error()).isEmpty();
    assertThat(passwords()).isEqualTo(Map.of("tests", "", "verify", ""));
  }

  @Test
  void noSecretIsSeenEvenWhereTheProjectPrintsThem() {
    FakeMaven talkative = new FakeMaven("pass").thatPrintsItsEnvironment();
    Build build =
        controller(talkative, TAG)
            .withRestarts(Restarts.EVERY)
            .build(
                Jenkinsfile.of(
                    "goldenPipeline("
                        + String.join(", ", IMAGE, POLICY, TO, LOGINS)
                        + ")\nnode { goldenBake("
                        + LOGINS.substring(0, LOGINS.indexOf(", pull"))
                        + ") }"));

    assertThat(build.violations()).isEmpty();
    assertThat(build.error()).isEmpty();
    assertThat(build.log()).contains("GOLDEN_PASSWORD_0=****");
    assertThat(build.toString()).doesNotContain("s3cret-push");
    assertThat(talkative.runs).noneMatch(run -> run.contains("s3cret"));
  }
}
