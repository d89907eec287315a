package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps with the parameters that their plugins have taken since August 2026. */
class StepCatalogueTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "junit testResults: '*.xml', allowEmptyResults: true, skipMarkingStageUnstable: true",
        "lock(resource: 'r', serverId: 's', timeoutForAllocateResource: 5, timeoutUnit: 'MINUTES')"
            + " { }",
        "lock(label: 'l', quantity: 1, skipIfLocked: true, priority: 2, reason: 'why') { }",
        "withChecks(name: 'c', detailsURL: 'https://ci.example') { }",
        "warnError(message: 'w', catchInterruptions: false) { }",
        "recordIssues tool: sarif(pattern: '*.sarif'), stopBuild: true",
        "emailext subject: 's', body: 'b', inlineAttachmentsPattern: '*.png'",
        "addSummary text: 's'",
        "writeYaml file: 'a.yaml', data: [a: 1], overwrite: true",
        "sshagent(credentials: ['key']) { }",
        "container('maven') { }",
        "copyArtifacts projectName: 'other', filter: '*.jar', optional: true",
        "zip zipFile: 'a.zip', glob: '*.txt'"
      })
  void knowsWhatTodaysStepsTake(String call) {
    Build build = Controller.create().build(Jenkinsfile.of("node { " + call + " }"));

    assertThat(build.violations()).isEmpty();
    assertThat(build.error()).isEmpty();
  }

  static Stream<Arguments> whatNoStepTakes() {
    return Stream.of(
        Arguments.of(
            "warnError(message: 'w', buildResult: 'FAILURE') { }", "warnError", "buildResult"),
        Arguments.of(
            "warnError(message: 'w', stageResult: 'FAILURE') { }", "warnError", "stageResult"),
        Arguments.of(
            "recordIssues tool: sarif(pattern: '*'), ignoreFailedBuilds: true",
            "recordIssues",
            "ignoreFailedBuilds"));
  }

  @ParameterizedTest
  @MethodSource("whatNoStepTakes")
  void tellsWhatTheyNoLongerTake(String call, String step, String parameter) {
    Build build = Controller.create().build(Jenkinsfile.of("node { " + call + " }"));

    assertThat(build.violations())
        .singleElement()
        .asString()
        .startsWith(
            "Jenkinsfile:1: "
                + step
                + ": has no parameter '"
                + parameter
                + "'; Jenkins would ignore it. Did you mean '");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "readJSON text: '{}'",
        "readYaml text: 'a: 1'",
        "readProperties text: 'a=1'",
        "writeJSON json: [a: 1], returnText: true"
      })
  void aTextIsReadAnywhereAndAFileInsideNode(String call) {
    assertThat(Controller.create().build(Jenkinsfile.of(call)).violations()).isEmpty();

    String file = call.replaceFirst("text: '[^']*'|returnText: true", "file: 'a'");
    assertThat(Controller.create().build(Jenkinsfile.of(file)).violations())
        .extracting(Violation::message)
        .containsExactly("runs on an agent, but it is outside of node. Put it inside node.");
  }

  @Test
  void everyBlockStepRunsItsBodyInsideNode() {
    List<String> others = List.of("node", "parallel", "waitUntil", "input");
    for (StepType step : StepCatalogue.jenkins().all()) {
      if (step.block() && !others.contains(step.name())) {
        StringBuilder given = new StringBuilder();
        for (String parameter : step.required()) {
          String value = step.numbers().contains(parameter) ? "1" : "[]";
          given.append(given.isEmpty() ? "" : ", ").append(parameter).append(": ").append(value);
        }
        Build build =
            Controller.create()
                .withRestarts(Restarts.EVERY)
                .build(
                    Jenkinsfile.of(
                        "node { " + step.name() + "(" + given + ") { echo 'the body ran' } }"));
        assertThat(build.steps()).as(step.name()).extracting(StepRecord::name).contains("echo");
      }
    }
  }

  @Test
  void aStepThatARestartEndedFailsWithTodaysTypeAndWords() {
    Build build =
        Controller.create()
            .withFault(Fault.controllerRestart(2))
            .build(Jenkinsfile.of("node { writeFile file: 'a', text: 'b' }"));

    assertThat(build.error())
        .contains(
            "org.jenkinsci.plugins.workflow.steps.SynchronousResumeNotSupportedException: The"
                + " Pipeline step `writeFile` cannot be resumed after a controller restart.");
  }
}
