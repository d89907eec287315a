package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs small pipelines under the engine. */
class ControllerTest {

  private static final String PIPELINE =
      """
      def names = ['a', 'b']
      def seen = [:]
      stage('Build') {
        node('linux') {
          for (name in names) {
            sh 'build ' + name
            seen[name] = sh(script: 'count ' + name, returnStdout: true).trim()
          }
          names.each { echo it }
          withEnv(['X=1']) { echo env.X }
        }
      }
      parallel(one: { echo 'one' }, two: { echo 'two'; echo 'more' })
      try {
        error 'no'
      } catch (Exception failed) {
        echo failed.message
      }
      retry(2) { echo 'once' }
      currentBuild.description = seen.toString()
      """;

  private static final List<String> TRANSCRIPT =
      List.of(
          "stage(name: 'Build')",
          "  node(label: 'linux')",
          "    sh(script: 'build a')",
          "    sh(script: 'count a', returnStdout: true)",
          "    sh(script: 'build b')",
          "    sh(script: 'count b', returnStdout: true)",
          "    echo(message: 'a')",
          "    echo(message: 'b')",
          "    withEnv(overrides: [X=1])",
          "      echo(message: '1')",
          "parallel()",
          "  [one] echo(message: 'one')",
          "  [two] echo(message: 'two')",
          "  [two] echo(message: 'more')",
          "error(message: 'no')",
          "! error: no",
          "echo(message: 'no')",
          "retry(count: 2)",
          "  echo(message: 'once')");

  private final Controller controller =
      Controller.create().withShell(call -> new Shell.Result(0, call.script().length() + "\n"));

  @Test
  void runsAPipelineAndTellsItsSteps() {
    Build build = controller.build(Jenkinsfile.of(PIPELINE));

    assertThat(build.error()).isEmpty();
    assertThat(build.violations()).isEmpty();
    assertThat(build.result()).isEqualTo("SUCCESS");
    assertThat(build.transcript()).isEqualTo(TRANSCRIPT);
    assertThat(build.description()).contains("[a:7, b:7]");
    assertThat(build.stages()).containsExactly("Build: passed");
    assertThat(build.restarts()).isZero();
  }

  @Test
  void tellsTheSameStepsWithARestartAtEveryStep() {
    Build build = controller.withRestarts(Restarts.EVERY).build(Jenkinsfile.of(PIPELINE));

    assertThat(build.violations()).isEmpty();
    assertThat(build.result()).isEqualTo("SUCCESS");
    assertThat(build.transcript()).isEqualTo(TRANSCRIPT);
    assertThat(build.description()).contains("[a:7, b:7]");
    assertThat(build.restarts()).isEqualTo(build.steps().size());
  }

  @Test
  void tellsTheSameStepsInTheSandbox() {
    Build build =
        controller.sandboxed().withRestarts(Restarts.EVERY).build(Jenkinsfile.of(PIPELINE));

    assertThat(build.violations()).isEmpty();
    assertThat(build.transcript()).isEqualTo(TRANSCRIPT);
  }

  @Test
  void callsAVariableOfALibraryTrustedAndSandboxed(@TempDir Path root) throws Exception {
    Files.createDirectories(root.resolve("vars"));
    Files.writeString(
        root.resolve("vars/greet.groovy"),
        "def call(Map given = [:]) { def name = given.name ?: 'you'; echo \"hello ${name}\"; return"
            + " [name: name] }\ndef twice(text) { call(name: text); call(name: text) }\n");
    Jenkinsfile jenkinsfile =
        Jenkinsfile.of(
            "@Library('golden') _\ndef r = greet(name: 'Ann')\ngreet()\ngreet.twice(r.name)");
    for (Library library :
        List.of(Library.global("golden", root), Library.folder("golden", root))) {
      for (Restarts restarts : List.of(Restarts.NONE, Restarts.EVERY)) {
        Build build = Controller.create().with(library).withRestarts(restarts).build(jenkinsfile);
        assertThat(build.violations()).isEmpty();
        assertThat(build.error()).isEmpty();
        assertThat(build.transcript())
            .containsExactly(
                "echo(message: 'hello Ann')",
                "echo(message: 'hello you')",
                "echo(message: 'hello Ann')",
                "echo(message: 'hello Ann')");
        assertThat(build.steps().get(0).file()).isEqualTo("vars/greet.groovy");
        assertThat(build.steps().get(0).line()).isEqualTo(1);
      }
    }
  }

  @Test
  void anAgentThatIsLostIsTriedAgainWhereThePipelineSaysSo() {
    Jenkinsfile jenkinsfile =
        Jenkinsfile.of(
            """
            retry(count: 2, conditions: [agent(), nonresumable()]) {
              node { sh 'a'; stash name: 's', allowEmpty: true; sh 'b' }
            }
            """);
    for (Fault fault : List.of(Fault.agentLost(4), Fault.controllerRestart(4))) {
      Build build = Controller.create().withFault(fault).build(jenkinsfile);
      assertThat(build.result()).as("%s", build.error()).isEqualTo("SUCCESS");
      assertThat(build.steps()).extracting(StepRecord::name).filteredOn("node"::equals).hasSize(2);
    }
    Build aborted = Controller.create().withFault(Fault.abort(4)).build(jenkinsfile);
    assertThat(aborted.result()).isEqualTo("ABORTED");
    Build failed = Controller.create().withFault(Fault.failure(4)).build(jenkinsfile);
    assertThat(failed.result()).isEqualTo("FAILURE");
    assertThat(failed.error()).contains("planted fault at step 4");
  }

  @Test
  void secretsAreMaskedInTheLogAndSeenInTheEnvironmentOnly() {
    Build build =
        Controller.create()
            .withCredentials("nexus", Credentials.usernamePassword("ci", "s3cret!"))
            .withShell(call -> new Shell.Result(0, "password is " + call.environment().get("P")))
            .build(
                Jenkinsfile.of(
                    "node { withCredentials([usernamePassword(credentialsId: 'nexus',"
                        + " usernameVariable: 'U', passwordVariable: 'P')]) { sh 'login' } }"));

    assertThat(build.error()).isEmpty();
    assertThat(build.log()).isEqualTo("+ login\npassword is ****\n");
    assertThat(build.toString()).doesNotContain("s3cret");
  }
}
