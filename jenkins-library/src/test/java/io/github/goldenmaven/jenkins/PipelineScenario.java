package io.github.goldenmaven.jenkins;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * A situation of {@code goldenPipeline()} with what must come of it.
 *
 * @param name a sentence's subject, such as {@code a pull request on Windows}
 * @param jenkinsfile what is called
 * @param controller the job and its agents
 * @param maven the project
 * @param result the build's
 * @param pushed how many images are pushed
 * @param promoted how many are promoted
 * @param error the build's, if it fails
 */
record PipelineScenario(
    String name,
    String jenkinsfile,
    Controller controller,
    FakeMaven maven,
    String result,
    int pushed,
    int promoted,
    Optional<String> error) {

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

  private static final Controller REQUEST =
      Controller.create().withEnvironment(Map.of("CHANGE_ID", "7", "BRANCH_NAME", "PR-7"));
  private static final Controller BRANCH =
      Controller.create().withEnvironment(Map.of("BRANCH_NAME", "main"));
  private static final Controller RELEASE =
      Controller.create().withEnvironment(Map.of("BRANCH_NAME", "release/1"));
  private static final Controller TAG =
      Controller.create().withEnvironment(Map.of("TAG_NAME", "v1"));
  private static final Agent WINDOWS = Agent.windows("win");

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

  /** The scenario of this name, with a project that nothing was done to. */
  static PipelineScenario named(String name) {
    return table(name).called(name);
  }

  private static PipelineScenario table(String name) {
    return switch (name) {
      case "no arguments" -> in(BRANCH, "goldenPipeline()").succeeds(0, 0);
      case "a pull request" -> in(REQUEST, CONFIGURED).succeeds(0, 0);
      case "a branch" -> in(BRANCH, CONFIGURED).succeeds(1, 0);
      case "a release with its approval" ->
          in(RELEASE.withApproval(Approval.approvedBy("anna")), CONFIGURED).succeeds(1, 1);
      case "a tag with its approval" -> in(TAG, CONFIGURED).succeeds(1, 1);
      case "an approval that is refused" ->
          in(RELEASE.withApproval(Approval.rejectedBy("bob")), CONFIGURED)
              .ends("ABORTED", 1, "Rejected by bob");
      case "an approval that nobody gives" ->
          in(RELEASE.withApproval(Approval.timedOut()), CONFIGURED)
              .ends("ABORTED", 1, "Timeout has been exceeded");
      case "an image that the gate refuses" ->
          in(RELEASE, CONFIGURED)
              .of(new FakeMaven("refused"))
              .ends("FAILURE", 1, "goldenVerify: The gate: refused. Look above.");
      case "a gate that cannot tell" ->
          in(RELEASE, CONFIGURED)
              .of(new FakeMaven("unknown"))
              .ends("FAILURE", 1, "goldenVerify: The gate: unknown. Look above.");
      case "several modules" -> in(BRANCH, REACTOR).of(modules()).succeeds(2, 0);
      case "a release of several modules" -> in(RELEASE, REACTOR).of(modules()).succeeds(2, 2);
      case "several modules on Windows" ->
          in(RELEASE.withAgents(WINDOWS), REACTOR).of(modules()).succeeds(2, 2);
      case "a pull request on Windows" ->
          in(REQUEST.withAgents(WINDOWS), CONFIGURED).succeeds(0, 0);
      case "a pull request whose POM binds the goal" ->
          in(REQUEST, CONFIGURED).of(new FakeMaven("pass").thatBindsTheGoal()).succeeds(0, 0);
      case "a release with a failing test" ->
          in(RELEASE, CONFIGURED).of(new FakeMaven("pass").withAFailingTest()).unstable(1);
      case "a base that is none of the company's" ->
          in(BRANCH, CONFIGURED)
              .of(new FakeMaven("pass").refusingTheBase("'x/java:21' is no golden image."))
              .ends(
                  "FAILURE",
                  0,
                  "goldenBuild: 'x/java:21' is no golden image. Take a golden image.");
      case "a tag that is taken" ->
          in(RELEASE, CONFIGURED)
              .of(new FakeMaven("pass").with("registry.example/release/orders:1"))
              .ends("FAILURE", 1, taken("registry.example/release/orders:1"));
      case "a taken tag that may be moved" ->
          in(RELEASE, CONFIGURED)
              .and("overwrite: true")
              .of(new FakeMaven("pass").with("registry.example/release/orders:1"))
              .succeeds(1, 1);
      case "a taken tag of one of several modules" ->
          in(RELEASE, REACTOR)
              .of(modules().with("registry.example/release/stock:1"))
              .ends("FAILURE", 2, taken("registry.example/release/stock:1"));
      case "several JDKs" -> in(BRANCH, CONFIGURED).and("jdks: ['17', '21', '25']").succeeds(1, 0);
      case "a pod of a template" ->
          in(RELEASE, CONFIGURED)
              .and("kubernetes: [yaml: 'kind: Pod', inheritFrom: 'jdk', container: 'maven']")
              .succeeds(1, 1);
      case "a pod by its label" ->
          in(BRANCH, CONFIGURED).and("kubernetes: [label: 'linux']").succeeds(1, 0);
      case "a policy of its own repository" ->
          in(RELEASE, CONFIGURED)
              .and(
                  "policyScm: scmGit(branches: [[name: 'main']], userRemoteConfigs: [[url:"
                      + " 'https://git.example/policy.git']])")
              .succeeds(1, 1);
      case "a team that is told" ->
          in(RELEASE, CONFIGURED)
              .and(
                  "notify: [onSuccess: { told -> echo 'good ' + told.images[0].reference },"
                      + " always: { told -> mail subject: told.result, body: told.error }]")
              .succeeds(1, 1);
      case "an agent with Windows" -> in(RELEASE.withAgents(WINDOWS), CONFIGURED).succeeds(1, 1);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static PipelineScenario in(Controller controller, String jenkinsfile) {
    return new PipelineScenario(
        "", jenkinsfile, controller, new FakeMaven("pass"), "SUCCESS", 0, 0, Optional.empty());
  }

  private PipelineScenario called(String another) {
    return new PipelineScenario(
        another, jenkinsfile, controller, maven, result, pushed, promoted, error);
  }

  private PipelineScenario and(String keys) {
    return new PipelineScenario(
        name,
        jenkinsfile.replaceFirst("\\)$", ", " + Matcher.quoteReplacement(keys) + ")"),
        controller,
        maven,
        result,
        pushed,
        promoted,
        error);
  }

  private PipelineScenario of(FakeMaven project) {
    return new PipelineScenario(
        name, jenkinsfile, controller, project, result, pushed, promoted, error);
  }

  private PipelineScenario succeeds(int images, int releases) {
    return new PipelineScenario(
        name, jenkinsfile, controller, maven, "SUCCESS", images, releases, Optional.empty());
  }

  private PipelineScenario unstable(int images) {
    return new PipelineScenario(
        name, jenkinsfile, controller, maven, "UNSTABLE", images, 0, Optional.empty());
  }

  private PipelineScenario ends(String how, int images, String why) {
    return new PipelineScenario(
        name, jenkinsfile, controller, maven, how, images, 0, Optional.of(why));
  }

  /** The same with a fault at one of its steps. */
  PipelineScenario with(Fault fault) {
    return new PipelineScenario(
        name, jenkinsfile, controller.withFault(fault), maven, result, pushed, promoted, error);
  }

  private static FakeMaven modules() {
    return new FakeMaven("pass", "orders", "stock");
  }

  private static String taken(String tag) {
    return "goldenPromote: '%s' holds 'sha256:%s' already. Promote to another tag."
        .formatted(tag, "9".repeat(64));
  }

  @Override
  public String toString() {
    return name;
  }

  /** Who is trusted: the commonest Jenkins trusts its global library and no Jenkinsfile. */
  enum Trust {
    EVERYTHING,
    THE_LIBRARY,
    NOTHING
  }

  Build run(Restarts restarts, Trust trust) {
    Library library = trust == Trust.NOTHING ? UNTRUSTED : TRUSTED;
    Controller ready = controller.with(library).withShell(maven).withRestarts(restarts);
    return (trust == Trust.EVERYTHING ? ready : ready.sandboxed())
        .build(Jenkinsfile.of("@Library('golden') _\n" + jenkinsfile));
  }
}
