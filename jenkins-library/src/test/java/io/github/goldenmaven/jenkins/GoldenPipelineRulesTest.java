package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code goldenPipeline()} promises: who logs in, what passes, what is promoted. */
class GoldenPipelineRulesTest {

  private static final String IMAGE = "image: 'registry.example/apps/orders:1'";
  private static final String POLICY = "policy: 'golden-policy.yaml'";
  private static final String TO = "to: 'registry.example/release/orders:1'";
  private static final String LOGINS =
      "credentials: ['registry.example': 'push'], pullCredentials: ['registry.example': 'pull']";
  private static final Map<String, String> BRANCH = Map.of("BRANCH_NAME", "main");
  private static final Map<String, String> TAG = Map.of("TAG_NAME", "v1");
  private static final Map<String, String> REQUEST = Map.of("CHANGE_ID", "7");
  private static final Map<String, String> FORK =
      Map.of("CHANGE_ID", "7", "CHANGE_FORK", "stranger");

  private final FakeMaven maven = new FakeMaven("pass");

  private static Controller controller(FakeMaven maven, Map<String, String> job) {
    return Controller.create()
        .with(GoldenPipelineTest.UNTRUSTED)
        .sandboxed()
        .withShell(maven)
        .withEnvironment(job)
        .withCredentials("push", Credentials.usernamePassword("ci", "s3cret-push"))
        .withCredentials("pull", Credentials.usernamePassword("reader", "s3cret-pull"));
  }

  private static Build pipeline(FakeMaven maven, Map<String, String> job, String... keys) {
    return controller(maven, job)
        .build(Jenkinsfile.of("goldenPipeline(" + String.join(", ", keys) + ")"));
  }

  private Build pipeline(Map<String, String> job, String... keys) {
    return pipeline(maven, job, keys);
  }

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

  /** A release's last stage ends in a description, which is a text; Jenkins would not cast it. */
  @Test
  void whatRunsOnAnAgentMayEndInAnything() {
    for (String end :
        List.of("'a text'", "1", "['a', 'b']", "null", "(currentBuild.description = 'x')")) {
      Build build =
          controller(maven, BRANCH)
              .build(Jenkinsfile.of("echo goldenAgent([:]) { " + end + " }.toString()"));
      assertThat(build.error()).as(end).isEmpty();
      assertThat(build.log()).as(end).contains("[:]");
    }
    assertThat(
            controller(maven, BRANCH)
                .build(Jenkinsfile.of("echo goldenAgent([:]) { [a: 1] }.toString()"))
                .log())
        .contains("[a:1]");
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
            "goldenPipeline: golden:build left no image to hold to the policy. Take golden.skip and"
                + " golden.outputDirectory out of the POM, or name the folder in the key"
                + " 'outputDirectory'.");
    Controller controller = controller(skipped, BRANCH);
    for (String step : List.of("goldenVerify", "goldenPromote")) {
      assertThat(controller.build(Jenkinsfile.of("node { " + step + "(image: 'a/b:1') }")).error())
          .contains(
              step
                  + ": Maven ended well, and there is no verdict. Take golden.skip and"
                  + " golden.outputDirectory out of the POM, or give the key 'skip' or"
                  + " 'outputDirectory'.");
      assertThat(controller.build(Jenkinsfile.of("node { " + step + "(skip: true) }")).error())
          .isEmpty();
    }
  }

  @Test
  void aReportOfAnEarlierBuildIsNotThisOnes(@TempDir Path root) {
    FakeMaven refusing = new FakeMaven("refused");
    Controller controller = controller(refusing, BRANCH).in(root);
    Path report = root.resolve("agents/agent/workspace/job/target/golden/verify.xml");

    Build first = controller.build(Jenkinsfile.of("goldenPipeline(" + POLICY + ")"));
    assertThat(first.result()).isEqualTo("FAILURE");
    assertThat(report).exists();

    Build second = controller.build(Jenkinsfile.of("goldenPipeline()"));
    assertThat(second.error()).isEmpty();
    assertThat(report).doesNotExist();
    assertThat(GoldenPipelineTest.published(second, "publishHTML")).isEmpty();
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
  void severalImagesArePromotedBelowOnePlace() {
    FakeMaven reactor = new FakeMaven("pass", "orders", "stock");
    assertThat(pipeline(reactor, TAG, POLICY, "to: 'registry.example/release/'").error()).isEmpty();
    assertThat(reactor.promoted)
        .containsExactly(
            "registry.example/apps/orders:1@"
                + FakeMaven.DIGEST
                + " -> registry.example/release/orders:1",
            "registry.example/apps/stock:1@"
                + FakeMaven.DIGEST
                + " -> registry.example/release/stock:1");

    FakeMaven another = new FakeMaven("pass", "orders", "stock");
    assertThat(pipeline(another, TAG, POLICY, TO).error())
        .contains(
            "goldenPipeline: 2 images cannot all be promoted to"
                + " 'registry.example/release/orders:1'. End the key 'to' in a slash: each then"
                + " keeps its name below it.");
    assertThat(another.promoted).isEmpty();
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

  private int imageAndGate(Controller controller, String pipeline) {
    return controller.build(Jenkinsfile.of(pipeline)).steps().stream()
        .filter(step -> step.name().equals("sh"))
        .filter(step -> String.valueOf(step.arguments().get("label")).contains("golden:verify"))
        .findFirst()
        .orElseThrow()
        .number();
  }

  /** Whoever ends a build says nothing of its image. */
  @Test
  void anAbortIsNoVerdictOfTheGate() {
    String pipeline =
        "goldenPipeline("
            + String.join(", ", IMAGE, POLICY)
            + ", notify: [always: { t -> echo 'told ' + t.result + t.verdict }])";
    int start = imageAndGate(controller(maven, BRANCH), pipeline);
    Build build =
        controller(new FakeMaven("refused"), BRANCH)
            .disturbedBy(new Disturbance(Disturbance.Kind.ABORT, start))
            .build(Jenkinsfile.of(pipeline));

    assertThat(build.result()).isEqualTo("ABORTED");
    assertThat(build.description()).isEmpty();
    assertThat(build.log()).contains("\ntold ABORTEDnull\n");
    for (String verdict : List.of("publishChecks", "addSummary", "recordIssues", "publishHTML")) {
      assertThat(shown(build, verdict)).as(verdict).isEmpty();
    }
    assertThat(shown(build, "junit")).singleElement().asString().contains("surefire-reports");
  }

  @Test
  void whatIsLostInTheOneStartIsTriedOnceMore() {
    String pipeline = "goldenPipeline(" + String.join(", ", IMAGE, POLICY) + ")";
    int start = imageAndGate(controller(maven, BRANCH), pipeline);
    for (Disturbance.Kind kind :
        List.of(Disturbance.Kind.AGENT_LOST, Disturbance.Kind.CONTROLLER_GONE)) {
      FakeMaven project = new FakeMaven("pass");
      Build build =
          controller(project, BRANCH)
              .disturbedBy(new Disturbance(kind, start))
              .build(Jenkinsfile.of(pipeline));

      assertThat(build.error()).as(kind.name()).isEmpty();
      assertThat(project.pushed).as(kind.name()).hasSize(1);
      for (String once : List.of("publishChecks", "addSummary", "recordIssues", "publishHTML")) {
        assertThat(shown(build, once)).as(kind + " " + once).hasSize(1);
      }
      assertThat(shown(build, "junit")).as(kind.name()).hasSize(2);
    }
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

  @Test
  void nothingIsPromotedThatNoPolicyHolds() {
    assertThat(pipeline(TAG, IMAGE, TO).error())
        .contains(
            "goldenPipeline: the key 'to' needs the key 'policy': only what passed a policy is"
                + " promoted. Name one, or leave 'to' out.");
    assertThat(maven.runs).isEmpty();
  }

  @Test
  void nothingIsPromotedThatLiesOnAnAgent() {
    assertThat(pipeline(TAG, POLICY, TO).error().orElseThrow())
        .startsWith("goldenPipeline: 'oci:")
        .endsWith(
            "/target/golden/image' lies on this agent only, and a release promotes from a registry."
                + " Name an image in the key 'image', or in the POM's <image>.");
    assertThat(maven.runs).hasSize(2);
  }

  @Test
  void aReleaseIsOneForTheBuildToo() {
    assertThat(pipeline(TAG, IMAGE, POLICY, TO).error()).isEmpty();
    assertThat(maven.runs)
        .containsExactly(
            "-Dgolden.push=false verify",
            "-DskipTests -Dgolden.image=registry.example/apps/orders:1"
                + " -Dgolden.policy=golden-policy.yaml -Dgolden.release=true"
                + " io.github.goldenmaven:golden-maven-plugin:build",
            "-Dgolden.dryRun=true -Dgolden.image=registry.example/apps/orders:1@"
                + FakeMaven.DIGEST
                + " -Dgolden.policy=golden-policy.yaml -Dgolden.release=true"
                + " -Dgolden.to=registry.example/release/orders:1"
                + " io.github.goldenmaven:golden-maven-plugin:promote",
            "-Dgolden.image=registry.example/apps/orders:1@"
                + FakeMaven.DIGEST
                + " -Dgolden.policy=golden-policy.yaml -Dgolden.release=true"
                + " -Dgolden.to=registry.example/release/orders:1"
                + " io.github.goldenmaven:golden-maven-plugin:promote");
  }

  @Test
  void whatIsBuiltAgainIsWhatIsApprovedAndPromoted() {
    int report =
        pipeline(TAG, IMAGE, POLICY, TO).steps().stream()
            .filter(step -> step.name().equals("publishHTML"))
            .findFirst()
            .orElseThrow()
            .number();
    FakeMaven changing = new FakeMaven("pass").neverTheSame();
    Build build =
        controller(changing, TAG)
            .disturbedBy(Disturbance.agentLost(report))
            .build(Jenkinsfile.of("goldenPipeline(" + String.join(", ", IMAGE, POLICY, TO) + ")"));

    String second = "registry.example/apps/orders:1@sha256:" + "2".repeat(64);
    assertThat(build.error()).isEmpty();
    assertThat(changing.pushed).hasSize(2).last().isEqualTo(second);
    assertThat(changing.promoted).containsExactly(second + " -> registry.example/release/orders:1");
    assertThat(build.transcript())
        .anyMatch(line -> line.contains("input(message: 'Promote apps/orders:1@222222222222 to "));
    assertThat(GoldenPipelineTest.published(build, "junit")).hasSize(2);
  }

  @Test
  void aFolderOfItsOwnIsFollowedEverywhere() {
    Build build = pipeline(BRANCH, IMAGE, POLICY, "outputDirectory: 'out/golden'");

    assertThat(build.error()).isEmpty();
    assertThat(build.archived()).contains("out/golden/image.json", "out/golden/verify.xml");
    assertThat(build.description().orElseThrow()).endsWith(": pass");
  }

  @Test
  void keysAreCheckedBeforeTheFirstStage() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put(
        "releaseBranches: 'release/*'",
        "the key 'releaseBranches' takes a list of texts, such as ['release/*'], not 'release/*'.");
    wrong.put(
        "stages: [afterGate: 'x']", "the key 'stages' takes a map from a point to a closure.");
    wrong.put(
        "approvalTimeout: 'soon'",
        "the key 'approvalTimeout' takes a number of minutes from 1, not 'soon'.");
    wrong.put(
        "jdks: '17'", "the key 'jdks' takes a list of texts, such as ['17', '21'], not '17'.");
    wrong.put("keepBuilds: -1", "the key 'keepBuilds' takes a whole number from 0, not '-1'.");
    wrong.put(
        "kubernetes: [label: 1]",
        "the key 'kubernetes' takes a map of texts, such as [label: 'maven', container: 'maven'].");
    wrong.put(
        "kubernetes: [container: 'maven']",
        "the key 'kubernetes' names no pod. Give it a label, a yaml or inheritFrom.");
    wrong.put(
        "kubernetes: [label: 'a'], agent: 'b'",
        "the keys 'agent' and 'kubernetes' name two places to run in. Leave one out.");
    wrong.put(
        "notify: [always: 'x']",
        "the key 'notify' takes a map from onSuccess, onFailure or always to a closure.");
    wrong.put("overwrite: 'yes'", "the key 'overwrite' takes true or false, not 'yes'.");
    wrong.put("timestamps: 1", "the key 'timestamps' takes true or false, not '1'.");
    wrong.put(
        "properties: 'x'",
        "the key 'properties' takes a list of the job's properties, such as"
            + " [disableConcurrentBuilds()], not 'x'.");
    wrong.put(
        "policyScm: 'https://x'",
        "the key 'policyScm' takes what a checkout takes, such as scmGit(...), not 'https://x'.");
    wrong.put(
        "policyScm: scmGit(branches: [])",
        "the key 'policyScm' needs the key 'policy', the path of the policy in that repository."
            + " Give it.");
    wrong.put("timeout: 0", "the key 'timeout' takes a number of minutes from 1, not '0'.");
    wrong.put("agent: ['linux']", "the key 'agent' takes a text.");
    wrong.put("image: ['a', 'b']", "the key 'image' takes a text that is not empty.");
    wrong.put("image: [a: 1]", "the key 'image' takes a text that is not empty.");
    wrong.put("to: true", "the key 'to' takes a text that is not empty, not 'true'.");
    wrong.put("policy: 5", "the key 'policy' takes a text that is not empty, not '5'.");
    wrong.put("policy: ''", "the key 'policy' takes a text that is not empty, not ''.");
    wrong.put("to: ' '", "the key 'to' takes a text that is not empty, not ' '.");
    wrong.put("timestamps: 'FALSE'", "the key 'timestamps' takes true or false, not 'FALSE'.");
    wrong.put(
        "policyScm: [:], policy: 'p'",
        "the key 'policyScm' takes what a checkout takes, such as scmGit(...).");
    wrong.put(
        "kubernetes: [:]",
        "the key 'kubernetes' names no pod. Give it a label, a yaml or inheritFrom.");
    for (String list : List.of("[null]", "['x']", "[[:], 1]")) {
      wrong.put(
          "properties: " + list,
          "the key 'properties' takes a list of the job's properties, such as"
              + " [disableConcurrentBuilds()].");
    }
    wrong.put(
        "credentials: ['h': null]",
        "the key 'credentials' takes a map from a registry's host to the id of its credentials.");
    wrong.put("arguments: [null]", "the key 'arguments' takes a list of texts, such as ['-Pci'].");
    wrong.put(
        "releaseBranches: [1, 2]",
        "the key 'releaseBranches' takes a list of texts, such as ['release/*'].");
    for (String spelling : List.of("./target/golden", "target//golden", "target/./golden", ".")) {
      wrong.put(
          "outputDirectory: '" + spelling + "'",
          "the key 'outputDirectory' takes a folder in the workspace, such as 'target/golden', of"
              + " letters without spaces or signs, not '"
              + spelling
              + "'.");
    }
    wrong.put(
        "submitters: [a: 1]", "the key 'submitters' takes a text, a number, a boolean or a list.");
    wrong.put(
        "pullCredentials: ['https://x/': 'pull']",
        "the key 'pullCredentials' takes a map from a registry's host to the id of its"
            + " credentials.");
    wrong.put(
        "outputDirectory: '/tmp/x'",
        "the key 'outputDirectory' takes a folder in the workspace, such as 'target/golden', of"
            + " letters without spaces or signs, not '/tmp/x'.");
    wrong.put(
        "arguments: ['-Dgolden.outputDirectory=out']",
        "'-Dgolden.outputDirectory=out' would hide the results. Give the key 'outputDirectory' in"
            + " place of the argument.");
    wrong.forEach(
        (key, message) -> {
          Build build = pipeline(BRANCH, key);
          assertThat(build.error()).as(key).contains("goldenPipeline: " + message);
          assertThat(build.steps()).as(key).extracting(StepRecord::name).containsOnly("error");
        });
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
  void aReleaseShowsEachThingOnce() {
    Build build = pipeline(TAG, IMAGE, POLICY, TO);

    assertThat(build.description()).contains("apps/orders:1@aaaaaaaaaaaa on golden/java:21: pass");
    assertThat(shown(build, "junit"))
        .containsExactly(
            "junit(testResults: '**/target/golden/verify.xml', skipMarkingBuildUnstable: true,"
                + " allowEmptyResults: true)",
            "junit(testResults:"
                + " '**/target/surefire-reports/*.xml,**/target/failsafe-reports/*.xml',"
                + " allowEmptyResults: true)");
    assertThat(shown(build, "archiveArtifacts"))
        .hasSize(3)
        .containsOnly(
            "archiveArtifacts(artifacts: '**/target/golden/*.css,**/target/golden/*.html,"
                + "**/target/golden/*.json,**/target/golden/*.properties,**/target/golden/*.sarif,"
                + "**/target/golden/*.xml', allowEmptyArchive: true, fingerprint: true)");
    assertThat(shown(build, "publishHTML"))
        .singleElement()
        .asString()
        .contains("includes", "verify.html,verify.css");
    assertThat(shown(build, "recordIssues")).hasSize(1);
    assertThat(shown(build, "publishChecks")).hasSize(1);
    assertThat(shown(build, "addSummary")).singleElement().asString().contains("id: 'golden-gate'");
  }

  /** What fails in showing a failure is said, and the failure stays what it was. */
  @Test
  void aReportThatBreaksDoesNotHideWhyTheBuildFailed() {
    Build build =
        controller(new FakeMaven("refused"), BRANCH)
            .withStep(
                StepType.of("junit").requires("testResults").insideNode(),
                call -> {
                  throw new hudson.AbortException("the disk of the controller is full");
                })
            .build(Jenkinsfile.of("goldenPipeline(" + POLICY + ")"));

    assertThat(build.error()).contains("goldenVerify: The gate: refused. Look above.");
    assertThat(build.log())
        .contains(
            "Golden Maven: not all reports could be shown: the disk of the controller is full");
  }

  /** Nothing is asked of an agent that is gone for good: the log ends with what took it away. */
  @Test
  void anAgentThatIsLostTwiceIsTheErrorItself() {
    Controller controller = controller(maven, BRANCH);
    List<StepRecord> steps = controller.build(Jenkinsfile.of("goldenPipeline()")).steps();
    int image =
        steps.stream()
            .filter(step -> step.name().equals("archiveArtifacts"))
            .findFirst()
            .orElseThrow()
            .number();
    Disturbance first = Disturbance.agentLost(image);
    Build once = controller.disturbedBy(first).build(Jenkinsfile.of("goldenPipeline()"));
    int again =
        once.steps().stream()
            .filter(step -> step.name().equals("archiveArtifacts"))
            .skip(1)
            .findFirst()
            .orElseThrow()
            .number();
    Build twice =
        controller(new FakeMaven("pass"), BRANCH)
            .disturbedBy(first)
            .disturbedBy(Disturbance.agentLost(again))
            .build(Jenkinsfile.of("goldenPipeline()"));

    assertThat(once.result()).isEqualTo("SUCCESS");
    assertThat(twice.error())
        .isEqualTo(
            controller(maven, BRANCH)
                .disturbedBy(Disturbance.agentLost(2))
                .build(Jenkinsfile.of("node { sh 'x' }"))
                .error());
    assertThat(twice.steps().get(twice.steps().size() - 1).number()).isEqualTo(again);
    assertThat(GoldenPipelineTest.published(twice, "junit")).isEmpty();
  }

  @Test
  void aTeamIsToldHowItEndedWhateverBreaksInTelling() {
    String notify =
        "notify: [onSuccess: { t -> echo 'good ' + t.result }, onFailure: { t -> echo 'bad ' +"
            + " t.result + ': ' + t.error }, always: { t -> error 'no server of mail' }]";
    Map<FakeMaven, String> told = new LinkedHashMap<>();
    told.put(new FakeMaven("pass"), "good SUCCESS");
    told.put(new FakeMaven("pass").withAFailingTest(), "bad UNSTABLE: ");
    told.put(new FakeMaven("refused"), "bad FAILURE: goldenVerify: The gate: refused. Look above.");
    told.forEach(
        (project, line) -> {
          Build build = pipeline(project, BRANCH, IMAGE, POLICY, notify);
          assertThat(build.log())
              .contains("\n" + line + "\n")
              .contains(
                  "Golden Maven: the closure 'always' of notify ended with: no server of mail");
          assertThat(build.error().orElse("")).doesNotContain("no server of mail");
        });
    Build rejected =
        controller(maven, TAG)
            .withApproval(Approval.rejectedBy("bob"))
            .build(
                Jenkinsfile.of(
                    "goldenPipeline(" + String.join(", ", IMAGE, POLICY, TO, notify) + ")"));
    assertThat(rejected.log()).contains("\nbad ABORTED: Rejected by bob\n");
    assertThat(rejected.result()).isEqualTo("ABORTED");
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

  private static List<String> shown(Build build, String step) {
    return build.transcript().stream()
        .map(String::strip)
        .filter(line -> line.startsWith(step + "("))
        .toList();
  }
}
