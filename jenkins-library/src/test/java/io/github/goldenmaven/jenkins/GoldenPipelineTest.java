package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code goldenPipeline()} in every situation, with and without restarts, trusted and sandboxed.
 */
class GoldenPipelineTest {

  static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  /** This checkout as a library that runs outside the sandbox, read once. */
  static final Library TRUSTED = Library.global("golden", CHECKOUT);

  /** The same, inside the sandbox. */
  static final Library UNTRUSTED = Library.folder("golden", CHECKOUT);

  private static final String CONFIGURED =
      "goldenPipeline(image: 'registry.example/apps/orders:1', policy: 'golden-policy.yaml', to:"
          + " 'registry.example/release/orders:1', releaseBranches: ['release/*'], submitters:"
          + " ['anna', 'bob'])";

  /** Modules name their images in their POMs; each is promoted under a place. */
  private static final String REACTOR =
      "goldenPipeline(policy: 'golden-policy.yaml', to: 'registry.example/release/',"
          + " releaseBranches: ['release/*'])";

  /** A situation with what must come of it. */
  record Scenario(
      String name,
      String jenkinsfile,
      Controller controller,
      FakeMaven maven,
      String result,
      int pushed,
      int promoted,
      Optional<String> error) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Scenario scenario(String name) {
    Controller controller = Controller.create();
    Controller branch = controller.withEnvironment(Map.of("BRANCH_NAME", "main"));
    Controller release = controller.withEnvironment(Map.of("BRANCH_NAME", "release/1"));
    FakeMaven passing = new FakeMaven("pass");
    return switch (name) {
      case "no arguments" ->
          new Scenario(
              name, "goldenPipeline()", branch, passing, "SUCCESS", 0, 0, Optional.empty());
      case "a pull request" ->
          new Scenario(
              name,
              CONFIGURED,
              controller.withEnvironment(Map.of("CHANGE_ID", "7", "BRANCH_NAME", "PR-7")),
              passing,
              "SUCCESS",
              0,
              0,
              Optional.empty());
      case "a branch" ->
          new Scenario(name, CONFIGURED, branch, passing, "SUCCESS", 1, 0, Optional.empty());
      case "a release with its approval" ->
          new Scenario(
              name,
              CONFIGURED,
              release.withApproval(Approval.approvedBy("anna")),
              passing,
              "SUCCESS",
              1,
              1,
              Optional.empty());
      case "a tag with its approval" ->
          new Scenario(
              name,
              CONFIGURED,
              controller.withEnvironment(Map.of("TAG_NAME", "v1")),
              passing,
              "SUCCESS",
              1,
              1,
              Optional.empty());
      case "an approval that is refused" ->
          new Scenario(
              name,
              CONFIGURED,
              release.withApproval(Approval.rejectedBy("bob")),
              passing,
              "ABORTED",
              1,
              0,
              Optional.of("Rejected by bob"));
      case "an approval that nobody gives" ->
          new Scenario(
              name,
              CONFIGURED,
              release.withApproval(Approval.timedOut()),
              passing,
              "ABORTED",
              1,
              0,
              Optional.of("Timeout has been exceeded"));
      case "an image that the gate refuses" ->
          new Scenario(
              name,
              CONFIGURED,
              release,
              new FakeMaven("refused"),
              "FAILURE",
              1,
              0,
              Optional.of("goldenVerify: The gate: refused. Look above."));
      case "a gate that cannot tell" ->
          new Scenario(
              name,
              CONFIGURED,
              release,
              new FakeMaven("unknown"),
              "FAILURE",
              1,
              0,
              Optional.of("goldenVerify: The gate: unknown. Look above."));
      case "several modules" ->
          new Scenario(
              name,
              REACTOR,
              branch,
              new FakeMaven("pass", "orders", "stock"),
              "SUCCESS",
              2,
              0,
              Optional.empty());
      case "a release of several modules" ->
          new Scenario(
              name,
              REACTOR,
              release,
              new FakeMaven("pass", "orders", "stock"),
              "SUCCESS",
              2,
              2,
              Optional.empty());
      case "several modules on Windows" ->
          new Scenario(
              name,
              REACTOR,
              release.withAgents(Agent.windows("win")),
              new FakeMaven("pass", "orders", "stock"),
              "SUCCESS",
              2,
              2,
              Optional.empty());
      case "a pull request on Windows" ->
          new Scenario(
              name,
              CONFIGURED,
              controller
                  .withAgents(Agent.windows("win"))
                  .withEnvironment(Map.of("CHANGE_ID", "7", "BRANCH_NAME", "PR-7")),
              passing,
              "SUCCESS",
              0,
              0,
              Optional.empty());
      case "a pull request whose POM binds the goal" ->
          new Scenario(
              name,
              CONFIGURED,
              controller.withEnvironment(Map.of("CHANGE_ID", "7", "BRANCH_NAME", "PR-7")),
              new FakeMaven("pass").thatBindsTheGoal(),
              "SUCCESS",
              0,
              0,
              Optional.empty());
      case "a release with a failing test" ->
          new Scenario(
              name,
              CONFIGURED,
              release,
              new FakeMaven("pass").withAFailingTest(),
              "UNSTABLE",
              1,
              0,
              Optional.empty());
      case "a base that is none of the company's" ->
          new Scenario(
              name,
              CONFIGURED,
              branch,
              new FakeMaven("pass").refusingTheBase("'x/java:21' is no golden image."),
              "FAILURE",
              0,
              0,
              Optional.of("goldenBuild: 'x/java:21' is no golden image. Take a golden image."));
      case "a tag that is taken" ->
          new Scenario(
              name,
              CONFIGURED,
              release,
              new FakeMaven("pass").with("registry.example/release/orders:1"),
              "FAILURE",
              1,
              0,
              Optional.of(
                  "goldenPromote: 'registry.example/release/orders:1' holds 'sha256:"
                      + "9".repeat(64)
                      + "' already. Promote to another tag."));
      case "a taken tag that may be moved" ->
          new Scenario(
              name,
              CONFIGURED.replace(")", ", overwrite: true)"),
              release,
              new FakeMaven("pass").with("registry.example/release/orders:1"),
              "SUCCESS",
              1,
              1,
              Optional.empty());
      case "a taken tag of one of several modules" ->
          new Scenario(
              name,
              REACTOR,
              release,
              new FakeMaven("pass", "orders", "stock").with("registry.example/release/stock:1"),
              "FAILURE",
              2,
              0,
              Optional.of(
                  "goldenPromote: 'registry.example/release/stock:1' holds 'sha256:"
                      + "9".repeat(64)
                      + "' already. Promote to another tag."));
      case "several JDKs" ->
          new Scenario(
              name,
              CONFIGURED.replace(")", ", jdks: ['17', '21', '25'])"),
              branch,
              passing,
              "SUCCESS",
              1,
              0,
              Optional.empty());
      case "a pod of a template" ->
          new Scenario(
              name,
              CONFIGURED.replace(
                  ")",
                  ", kubernetes: [yaml: 'kind: Pod', inheritFrom: 'jdk', container: 'maven'])"),
              release,
              passing,
              "SUCCESS",
              1,
              1,
              Optional.empty());
      case "a pod by its label" ->
          new Scenario(
              name,
              CONFIGURED.replace(")", ", kubernetes: [label: 'linux'])"),
              branch,
              passing,
              "SUCCESS",
              1,
              0,
              Optional.empty());
      case "a policy of its own repository" ->
          new Scenario(
              name,
              CONFIGURED.replace(
                  ")",
                  ", policyScm: scmGit(branches: [[name: 'main']], userRemoteConfigs: [[url:"
                      + " 'https://git.example/policy.git']]))"),
              release,
              passing,
              "SUCCESS",
              1,
              1,
              Optional.empty());
      case "a team that is told" ->
          new Scenario(
              name,
              CONFIGURED.replace(
                  ")",
                  ", notify: [onSuccess: { told -> echo 'good ' + told.images[0].reference },"
                      + " always: { told -> mail subject: told.result, body: told.error }])"),
              release,
              passing,
              "SUCCESS",
              1,
              1,
              Optional.empty());
      case "an agent with Windows" ->
          new Scenario(
              name,
              CONFIGURED,
              release.withAgents(Agent.windows("win")),
              passing,
              "SUCCESS",
              1,
              1,
              Optional.empty());
      default -> throw new IllegalArgumentException(name);
    };
  }

  static final List<String> NAMES =
      List.of(
          "no arguments",
          "a pull request",
          "a branch",
          "a release with its approval",
          "a tag with its approval",
          "an approval that is refused",
          "an approval that nobody gives",
          "an image that the gate refuses",
          "a gate that cannot tell",
          "several modules",
          "a release of several modules",
          "several modules on Windows",
          "a pull request on Windows",
          "a pull request whose POM binds the goal",
          "a release with a failing test",
          "a base that is none of the company's",
          "a tag that is taken",
          "a taken tag that may be moved",
          "a taken tag of one of several modules",
          "several JDKs",
          "a pod of a template",
          "a pod by its label",
          "a policy of its own repository",
          "a team that is told",
          "an agent with Windows");

  private static final Map<String, List<String>> UNDISTURBED = new ConcurrentHashMap<>();

  static Stream<Arguments> everySituation() {
    List<Arguments> all = new ArrayList<>();
    for (String name : NAMES) {
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

  /** Who is believed: the commonest Jenkins trusts its global library and no Jenkinsfile. */
  enum Trust {
    EVERYTHING,
    THE_LIBRARY,
    NOTHING
  }

  static Build run(Scenario scenario, Restarts restarts, Trust trust) {
    Controller controller =
        scenario
            .controller()
            .with(trust == Trust.NOTHING ? UNTRUSTED : TRUSTED)
            .withShell(scenario.maven())
            .withRestarts(restarts);
    return (trust == Trust.EVERYTHING ? controller : controller.sandboxed())
        .build(Jenkinsfile.of("@Library('golden') _\n" + scenario.jenkinsfile()));
  }

  @ParameterizedTest(name = "{0}, restarts {1}, trusts {2}")
  @MethodSource("everySituation")
  void endsAsItShouldAndTellsTheSameSteps(String name, Restarts restarts, Trust trust) {
    Scenario scenario = scenario(name);
    Build build = run(scenario, restarts, trust);

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
        .isEqualTo(
            UNDISTURBED.computeIfAbsent(
                name, plain -> run(scenario(plain), Restarts.NONE, Trust.EVERYTHING).transcript()));
    assertThat(build.restarts()).isEqualTo(restarts == Restarts.NONE ? 0 : build.steps().size());
    if (name.equals("a base that is none of the company's")) {
      assertThat(build.description()).contains("refused: 'x/java:21' is no golden image.");
      assertThat(published(build, "publishHTML")).hasSize(1);
      assertThat(published(build, "junit")).hasSize(2);
      return;
    }
    if (name.startsWith("a tag that is taken") || name.startsWith("a taken tag of")) {
      assertThat(build.description().orElseThrow()).contains("' holds 'sha256:");
      assertThat(published(build, "input")).as("nobody was asked").isEmpty();
      return;
    }
    assertThat(build.description().orElseThrow())
        .contains("@" + FakeMaven.DIGEST.substring(7, 19) + " on golden/java:21")
        .doesNotContain("\n");
  }

  static List<String> published(Build build, String step) {
    return build.steps().stream()
        .filter(record -> record.name().equals(step))
        .map(record -> record.arguments().toString())
        .toList();
  }
}
