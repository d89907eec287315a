package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code goldenPipeline()} ends when something fails, is aborted or is lost. */
class GoldenPipelineFailuresTest extends GoldenPipelineFixture {

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
            .withFault(new Fault(Fault.Kind.ABORT, start))
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
    for (Fault.Kind kind : List.of(Fault.Kind.AGENT_LOST, Fault.Kind.CONTROLLER_RESTART)) {
      FakeMaven project = new FakeMaven("pass");
      Build build =
          controller(project, BRANCH)
              .withFault(new Fault(kind, start))
              .build(Jenkinsfile.of(pipeline));

      assertThat(build.error()).as(kind.name()).isEmpty();
      assertThat(project.pushed).as(kind.name()).hasSize(1);
      for (String once : List.of("publishChecks", "addSummary", "recordIssues", "publishHTML")) {
        assertThat(shown(build, once)).as(kind + " " + once).hasSize(1);
      }
      assertThat(shown(build, "junit")).as(kind.name()).hasSize(2);
    }
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

  private static int archiving(List<StepRecord> steps, int time) {
    return steps.stream()
        .filter(step -> step.name().equals("archiveArtifacts"))
        .skip(time - 1)
        .findFirst()
        .orElseThrow()
        .number();
  }

  /** Nothing is asked of an agent that is gone for good: the log ends with what took it away. */
  @Test
  void anAgentThatIsLostTwiceIsTheErrorItself() {
    Controller controller = controller(maven, BRANCH);
    List<StepRecord> steps = controller.build(Jenkinsfile.of("goldenPipeline()")).steps();
    int image = archiving(steps, 1);
    Fault first = Fault.agentLost(image);
    Build once = controller.withFault(first).build(Jenkinsfile.of("goldenPipeline()"));
    int again = archiving(once.steps(), 2);
    Build twice =
        controller(new FakeMaven("pass"), BRANCH)
            .withFault(first)
            .withFault(Fault.agentLost(again))
            .build(Jenkinsfile.of("goldenPipeline()"));

    assertThat(once.result()).isEqualTo("SUCCESS");
    assertThat(twice.error())
        .isEqualTo(
            controller(maven, BRANCH)
                .withFault(Fault.agentLost(2))
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
}
