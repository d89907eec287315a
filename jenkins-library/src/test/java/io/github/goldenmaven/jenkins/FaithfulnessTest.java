package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What runs on Jenkins runs here, and does the same. */
class FaithfulnessTest {

  @ParameterizedTest
  @EnumSource(Restarts.class)
  void aLoopOverAnArrayADequeOrAChangingListIsSaved(Restarts restarts) {
    Build build =
        Controller.create()
            .withRestarts(restarts)
            .build(
                Jenkinsfile.of(
                    """
                    for (x in 'a,b'.split(',')) { echo x }
                    'c,d'.split(',').each { echo it }
                    'e,f'.split(',').eachWithIndex { x, i -> echo x + i }
                    for (x in new ArrayDeque(['g', 'h'])) { echo x }
                    for (x in new LinkedList(['i', 'j'])) { echo x }
                    def grows = ['k']
                    for (x in grows) { echo x; if (grows.size() < 3) { grows << x + x } }
                    def shrinks = ['l', 'm', 'n']
                    def at = shrinks.iterator()
                    while (at.hasNext()) { if (at.next() == 'm') { at.remove() }; echo shrinks.join('') }
                    """));

    assertThat(build.violations()).isEmpty();
    assertThat(build.error()).isEmpty();
    assertThat(build.log()).isEqualTo("a\nb\nc\nd\ne0\nf1\ng\nh\ni\nj\nk\nkk\nkkkk\nlmn\nln\nln\n");
  }

  private static final String READS_BACK =
      """
      def choice = input(message: 'Go?', parameters: [choice(name: 'TO', choices: ['dev', 'prod'])])
      def all = input(message: 'Go?', submitterParameter: 'BY', parameters: [
          string(name: 'A', defaultValue: 'x'), booleanParam(name: 'B', defaultValue: true)])
      echo choice + ' ' + all
      echo build(job: 'other').result + ' ' + build(job: 'other', wait: false)
      retry(count: 2, conditions: [nonresumable()]) {
        node {
          writeJSON file: 'a/b.json', json: [a: [1, 'two'], b: null]
          def read = readJSON file: 'a/b.json'
          touch 'c/d.txt'
          writeFile file: 'p.properties', text: 'a=1\\nb = 2'
          writeFile file: 'pom.xml', text: '''<project><artifactId>x</artifactId>
            <parent><version>3</version></parent>
            <properties><a.b>c</a.b></properties><modules><module>m</module></modules></project>'''
          def pom = readMavenPom()
          echo read.a[1] + ' ' + read.b + ' ' + fileExists('c/d.txt')
          echo readProperties(file: 'p.properties', defaults: [c: '3']).toString()
          echo "${pom.artifactId} ${pom.version} ${pom.packaging} ${pom.parent.version} ${pom.properties['a.b']}"
          echo readJSON(text: '{"x": {"y": 2}}').x.y.toString() + writeJSON(json: [1], returnText: true)
        }
      }
      """;

  private static Build build(String jenkinsfile) {
    return Controller.create().build(Jenkinsfile.of(jenkinsfile));
  }

  @ParameterizedTest
  @EnumSource(Restarts.class)
  void whatAPipelineReadsBackIsThere(Restarts restarts) {
    Build build =
        Controller.create()
            .withRestarts(restarts)
            .withApproval(Approval.approvedBy("anna"))
            .build(Jenkinsfile.of(READS_BACK));

    assertThat(build.violations()).isEmpty();
    assertThat(build.error()).isEmpty();
    assertThat(build.steps()).extracting(StepRecord::name).contains("readMavenPom");
    assertThat(build.log())
        .endsWith(
            """
            dev [A:x, B:true, BY:anna]
            SUCCESS null
            two null true
            [a:1, b:2, c:3]
            x null jar 3 c
            2[1]
            """);
  }

  @Test
  void whatIsNotSimulatedIsTold() {
    Build build = build("node { def y = resolveScm source: 'a', targets: ['b']; echo y.a }");

    assertThat(build.violations())
        .extracting(Violation::toString)
        .containsExactly(
            "Jenkinsfile:1: resolveScm: its return value is not simulated. Define its behaviour"
                + " with withStep.");
    assertThat(build.result()).isEqualTo("FAILURE");
  }

  @ParameterizedTest
  @EnumSource(Restarts.class)
  void aStepOfOnesOwnDoesWhatItsBehaviourSays(Restarts restarts) {
    Build build =
        Controller.create()
            .withRestarts(restarts)
            .withStep(
                StepType.of("deploy").from("ours").requires("to").takes("dryRun").insideNode(),
                call ->
                    Map.of(
                        "at",
                        call.arguments().get("to")
                            + "/"
                            + Objects.requireNonNull(call.folderOrNull()).getFileName()
                            + "/"
                            + call.environment().get("X")))
            .withStep(StepType.of("slackSend").takes("message"), call -> null)
            .withStep(
                StepType.of("guarded").withBody(),
                call -> {
                  throw new hudson.AbortException("no guard");
                })
            .build(
                Jenkinsfile.of(
                    """
                    node { withEnv(['X=1']) { echo deploy('prod').at } }
                    slackSend message: 'done'
                    guarded { echo 'never' }
                    """));

    assertThat(build.violations()).isEmpty();
    assertThat(build.log()).isEqualTo("prod/job/1\nERROR: no guard\n");
    assertThat(build.result()).isEqualTo("FAILURE");
  }

  @Test
  void aStepOfOnesOwnIsCheckedLikeJenkinsSteps() {
    assertThat(
            Controller.create()
                .withStep(StepType.of("deploy").requires("to").insideNode(), call -> null)
                .build(Jenkinsfile.of("deploy to: 'x', form: 'y'"))
                .violations())
        .extracting(Violation::message)
        .containsExactly(
            "has no parameter 'form'; Jenkins would ignore it. Did you mean 'to'?",
            "runs on an agent, but it is outside of node. Put it inside node.");
  }

  @Test
  void aSecretLeavesTheBuildNowhere() {
    Build build =
        Controller.create()
            .withCredentials("t", Credentials.secretText("s3cret-token"))
            .build(
                Jenkinsfile.of(
                    """
                    node {
                      withCredentials([string(credentialsId: 't', variable: 'T')]) {
                        currentBuild.description = 'uses ' + env.T
                        stage('with ' + env.T) { println env.T }
                        throw new org.jenkinsci.plugins.workflow.steps.FlowInterruptedException('ABORTED', env.T)
                      }
                    }
                    """));

    assertThat(build.description()).contains("uses ****");
    assertThat(build.stages()).containsExactly("with ****: passed");
    assertThat(build.error()).contains("****");
    assertThat(build.violations())
        .extracting(Violation::toString)
        .contains(
            "Jenkinsfile:3: currentBuild.description shows a secret to everybody who may see the"
                + " build. Leave it out.");
    assertThat(build.toString()).doesNotContain("s3cret");
  }

  @Test
  void aNodeFindsItsAgentByAnExpressionOfLabels() {
    Agent agent = Agent.unix("a1", "linux", "x86");
    for (String fits :
        List.of(
            "",
            "linux",
            "a1",
            "linux && x86",
            "linux||mac",
            "!mac",
            "linux && !(mac || arm)",
            "mac -> arm",
            "mac <-> arm",
            "\"linux\"",
            "mac || linux && x86")) {
      assertThat(agent.fits(fits)).as(fits).isTrue();
    }
    for (String not : List.of("mac", "linux && mac", "!linux", "linux -> mac", "linux <-> mac")) {
      assertThat(agent.fits(not)).as(not).isFalse();
    }
    for (String wrong : List.of("linux &&", "(linux", "linux mac", "&& x", "!", "linux & mac")) {
      assertThat(build("node('" + wrong + "') { }").error())
          .as(wrong)
          .contains(
              "java.lang.IllegalArgumentException: '" + wrong + "' is no expression of labels.");
    }
  }

  @ParameterizedTest
  @EnumSource(Restarts.class)
  void twoNodesAtOnceHaveWorkspacesOfTheirOwn(Restarts restarts) {
    Build build =
        Controller.create()
            .withRestarts(restarts)
            .build(
                Jenkinsfile.of(
                    """
                    parallel(
                        a: { node { echo env.WORKSPACE } },
                        b: { node { echo env.WORKSPACE } })
                    node { echo env.WORKSPACE }
                    """));

    assertThat(build.log())
        .isEqualTo(
            """
            …/agents/agent/workspace/job
            …/agents/agent/workspace/job@2
            …/agents/agent/workspace/job
            """);
  }

  @ParameterizedTest
  @EnumSource(Restarts.class)
  void failFastInterruptsTheOtherBranches(Restarts restarts) {
    Build build =
        Controller.create()
            .withRestarts(restarts)
            .build(
                Jenkinsfile.of(
                    """
                    try {
                      parallel(
                          a: { echo 'a1'; error 'no' },
                          b: { try { echo 'b1'; echo 'b2'; echo 'b3'; echo 'b4' } finally { echo 'tidy' } },
                          c: { node { sh 'c1'; sh 'c2'; sh 'c3'; sh 'c4' } },
                          failFast: true)
                    } catch (Exception failed) { echo failed.message }
                    """));

    assertThat(build.violations()).isEmpty();
    assertThat(build.transcript())
        .contains("  [b] echo(message: 'tidy')", "echo(message: 'no')")
        .doesNotContain("  [b] echo(message: 'b4')", "    [c] sh(script: 'c4')");
  }

  @Test
  void aVariableThatCannotBeCalledHidesNoStep() {
    Build build = build("node = 'linux'\necho = { it }\n[1].each { node(node) { sh echo('x') } }");

    assertThat(build.error()).isEmpty();
    assertThat(build.transcript()).containsExactly("node(label: 'linux')", "  sh(script: 'x')");
  }

  @Test
  void sleepAndPrintlnAreJenkinsOwn() {
    Build build =
        Controller.create().sandboxed().build(Jenkinsfile.of("println 'x'\nsleep 5\nprintln()"));

    assertThat(build.error()).isEmpty();
    assertThat(build.violations()).isEmpty();
    assertThat(build.log()).isEqualTo("x\n\n");
    assertThat(build.transcript()).containsExactly("sleep(time: '5')".replace("'", ""));
  }

  @Test
  void aLibraryThatThereIsNotIsNotLoaded(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("vars"));
    Files.writeString(root.resolve("vars/a.groovy"), "def call() { }");
    Controller controller = Controller.create().with(Library.global("golden", root));
    Build build = controller.build(Jenkinsfile.of("@Library(['golden@v1', 'nowhere']) _\na()"));

    assertThat(build.violations())
        .extracting(Violation::toString)
        .containsExactly(
            "Jenkinsfile:1: there is no library 'nowhere', so Jenkins would not start the build."
                + " Known: golden.");
    assertThat(build.result()).isEqualTo("FAILURE");
    assertThat(controller.build(Jenkinsfile.of("@Library('golden@v1') _\na()")).result())
        .isEqualTo("SUCCESS");
  }

  @Test
  void aNumberIsANumber() {
    Build build = build("timeout(time: 'soon', unit: 'HOURS') { echo 'x' }");

    assertThat(build.violations())
        .extracting(Violation::toString)
        .containsExactly("Jenkinsfile:1: timeout: takes a number as 'time', not 'soon'.");
    assertThat(build.result()).isEqualTo("FAILURE");
    assertThat(build("timeout(time: '5') { retry(2) { echo 'x' } }").violations()).isEmpty();
  }

  @Test
  void anSshKeyIsAFileWhileItsBlockRuns() {
    Build build =
        Controller.create()
            .withCredentials("git", Credentials.sshKey("me", "-----KEY-----", ""))
            .withShell(new BashShell())
            .build(
                Jenkinsfile.of(
                    """
                    node {
                      withCredentials([sshUserPrivateKey(credentialsId: 'git', keyFileVariable: 'KEY',
                          usernameVariable: 'WHO', passphraseVariable: 'P')]) {
                        sh 'echo "$WHO:$(wc -c < "$KEY"):$P"; cat "$KEY"'
                      }
                    }
                    """));

    assertThat(build.error()).isEmpty();
    assertThat(build.log()).contains("me:13:\n****\n");
  }

  @Test
  void aStageIsUnstableWhoseOwnBranchIs() {
    Build build =
        build(
            """
            parallel(
                a: { stage('A') { echo '1'; unstable 'no'; echo '2' } },
                b: { stage('B') { stage('Inner') { echo '1'; echo '2'; echo '3' } } })
            """);

    assertThat(build.stages()).containsExactly("A: unstable", "B: passed", "  Inner: passed");
  }

  @Test
  void theFolderOfABuildHoldsNothingOfTheOneBefore(@TempDir Path root) {
    Controller controller =
        Controller.create().in(root.resolve("builds")).withShell(new BashShell());
    Build first =
        controller.build(Jenkinsfile.of("node { sh 'touch a.txt'; archiveArtifacts '*.txt' }"));
    Build second =
        controller.build(Jenkinsfile.of("node { sh 'touch b.txt'; archiveArtifacts '*.txt' }"));

    assertThat(first.archived()).containsExactly("a.txt");
    assertThat(second.archived()).containsExactly("b.txt");
  }
}
