package io.github.goldenmaven.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.Schemas;
import io.github.goldenmaven.library.Libraries;
import io.github.goldenmaven.library.Library;
import io.github.goldenmaven.peers.Command;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine as the goal opens it: its jars from the local repository, below our own classes. */
class SimulationTest {

  private static final String IMPLEMENTATION =
      "io.github.goldenmaven.simulate.jenkins.JenkinsSimulation";

  @TempDir Path folder;

  private final List<String> log = new ArrayList<>();
  private final Map<String, Path> libraries = new TreeMap<>();

  @BeforeEach
  void aLibrary() throws IOException {
    write("golden/vars/greet.groovy", "def call() { echo 'hello' }");
    libraries.put("golden", folder.resolve("golden"));
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  private static Simulation simulation() {
    RepositorySystem system =
        (RepositorySystem)
            Proxy.newProxyInstance(
                SimulationTest.class.getClassLoader(),
                new Class<?>[] {RepositorySystem.class},
                (proxy, method, arguments) -> found((Collection<?>) arguments[1]));
    return new Libraries(system, new DefaultRepositorySystemSession(), List.of())
        .open(Library.JENKINS, Simulation.class, IMPLEMENTATION, "to run a pipeline");
  }

  private static List<ArtifactResult> found(Collection<?> requests) throws Exception {
    List<ArtifactResult> found = new ArrayList<>();
    for (Object each : requests) {
      ArtifactRequest request = (ArtifactRequest) each;
      Artifact asked = request.getArtifact();
      File file =
          asked.getArtifactId().equals("jenkins-library")
              ? source("io.github.goldenmaven.jenkins.Controller")
              : Path.of(System.getProperty("localRepository"))
                  .resolve(asked.getGroupId().replace('.', '/'))
                  .resolve(asked.getArtifactId())
                  .resolve(asked.getVersion())
                  .resolve(asked.getArtifactId() + "-" + asked.getVersion() + ".jar")
                  .toFile();
      assertThat(file).exists();
      found.add(new ArtifactResult(request).setArtifact(asked.setFile(file)));
    }
    ArtifactRequest own = new ArtifactRequest();
    found.add(
        new ArtifactResult(own)
            .setArtifact(
                new org.eclipse.aether.artifact.DefaultArtifact("ours:ours:1")
                    .setFile(source(IMPLEMENTATION))));
    return found;
  }

  private static File source(String type) throws Exception {
    return new File(
        Class.forName(type, false, SimulationTest.class.getClassLoader())
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toURI());
  }

  private SimulationReport simulate(
      String jenkinsfile,
      SimulationRequest.Restart restart,
      @Nullable String steps,
      String... absent)
      throws IOException {
    return simulate(jenkinsfile, restart, steps, SimulationRequest.Approval.APPROVE, absent);
  }

  private SimulationReport simulate(
      String jenkinsfile,
      SimulationRequest.Restart restart,
      @Nullable String steps,
      SimulationRequest.Approval approval,
      String... absent)
      throws IOException {
    write("Jenkinsfile", jenkinsfile);
    write("settings.xml", "<settings/>");
    if (steps != null) {
      write("steps.txt", steps);
    }
    return run(restart, steps == null ? null : folder.resolve("steps.txt"), approval, absent);
  }

  private SimulationReport run(
      SimulationRequest.Restart restart,
      @Nullable Path steps,
      SimulationRequest.Approval approval,
      String... absent) {
    return simulation()
        .run(
            new SimulationRequest(
                folder.resolve("Jenkinsfile"),
                libraries,
                restart,
                steps,
                List.of(absent),
                false,
                SimulationRequest.Shell.BASH,
                approval,
                folder,
                Map.of("BRANCH_NAME", "main"),
                Map.of("team", folder.resolve("settings.xml")),
                Map.of("push", new SimulationRequest.Login("ci", "s3cret-word")),
                folder.resolve("out"),
                log::add));
  }

  private SimulationReport simulate(String jenkinsfile) throws IOException {
    return simulate(jenkinsfile, SimulationRequest.Restart.NONE, null);
  }

  @Test
  void theFileIsAsItsSchemaSays() throws IOException {
    assertThat(Schemas.faults("simulate", simulate("stage('a') { greet() }").toJson())).isEmpty();
    assertThat(Schemas.faults("simulate", simulate("@Library('golden') _\nslackSend(1)").toJson()))
        .isEmpty();
  }

  @Test
  void runsAPipelineWithItsLibraryFilesCredentialsAndAnswers() throws IOException {
    SimulationReport report =
        simulate(
            """
            @Library('golden') _
            greet()
            input 'Go?'
            node {
              configFileProvider([configFile(fileId: 'team', variable: 'S')]) { sh 'cat "$S"' }
              withCredentials([usernamePassword(credentialsId: 'push', usernameVariable: 'U', passwordVariable: 'P')]) {
                sh 'echo "$U $P $BRANCH_NAME"'
              }
            }
            """);

    assertThat(report.error()).isEmpty();
    assertThat(report.violations()).isEmpty();
    assertThat(report.isGood()).isTrue();
    assertThat(log).contains("hello", "Approved by somebody");
    assertThat(String.join("\n", log)).contains("<settings/>", "ci **** main");
  }

  @Test
  void anApprovalMayBeRefused() throws IOException {
    SimulationReport report =
        simulate(
            "timeout(1) { input 'Go?' }",
            SimulationRequest.Restart.NONE,
            null,
            SimulationRequest.Approval.REJECT);

    assertThat(report.result()).isEqualTo("ABORTED");
    assertThat(report.error()).isEqualTo("Rejected by somebody");
  }

  @Test
  void aStepThatIsAbsentIsNoneOfJenkins() throws IOException {
    SimulationReport report =
        simulate("junit 'a.xml'", SimulationRequest.Restart.NONE, null, "junit");

    assertThat(report.error()).contains("No such DSL method 'junit' found among steps [");
    assertThatThrownBy(() -> simulate("echo 'x'", SimulationRequest.Restart.NONE, null, "jnuit"))
        .hasMessage(
            "There is no step 'jnuit' that could be absent. Did you mean 'junit'? Name steps in"
                + " <absent> or -Dgolden.absent.");
  }

  @Test
  void aLibraryThatIsNotGivenIsMissed() throws IOException {
    assertThat(simulate("@Library('other') _\necho 'x'").violations())
        .extracting(SimulationReport.Violation::toString)
        .containsExactly(
            "Jenkinsfile:1: there is no library 'other', so Jenkins would not start the build."
                + " Known: golden.");
  }

  @Test
  void severalLibrariesAreThereAtOnce() throws IOException {
    write("team/vars/welcome.groovy", "def call() { greet(); echo 'and welcome' }");
    libraries.put("team", folder.resolve("team"));

    SimulationReport report =
        simulate(
            "@Library(['golden', 'team']) _\nwelcome()", SimulationRequest.Restart.EVERY, null);

    assertThat(report.error()).isEmpty();
    assertThat(report.violations()).isEmpty();
    assertThat(log).containsSubsequence("hello", "and welcome");
  }

  @Test
  void aTeamNamesItsOwnSteps() throws IOException {
    String table = "# ours\nslackSend | slack | lost | message*, channel\n";
    SimulationReport report =
        simulate("slackSend 'x'\nslackSend mesage: 'x'", SimulationRequest.Restart.NONE, table);

    assertThat(report.violations())
        .extracting(SimulationReport.Violation::toString)
        .containsExactly(
            "Jenkinsfile:2: slackSend: has no parameter 'mesage'; Jenkins would ignore it. Did you"
                + " mean 'message'?",
            "Jenkinsfile:2: slackSend: needs the parameter 'message'. Give it.");
    assertThatThrownBy(
            () -> simulate("echo 'x'", SimulationRequest.Restart.NONE, "\nslackSend message"))
        .hasMessage(
            "The table of steps '"
                + folder.resolve("steps.txt")
                + "' cannot be read: line 2 'slackSend message' is no step. Write name | plugin |"
                + " traits | parameters, such as slackSend | slack | | message*, in the file of"
                + " <steps> or -Dgolden.steps.");
  }

  @Test
  void aDeclarativePipelineIsLookedAt() throws IOException {
    SimulationReport right =
        simulate("pipeline {\n agent any\n stages { stage('A') { steps { greet() } } }\n}");
    SimulationReport wrong =
        simulate("pipeline {\n agent any\n stages { stage('A') {\n steps { ehco 'a' } } }\n}");

    assertThat(right.isGood()).isTrue();
    assertThat(right.toText())
        .isEqualTo(
            "NOT_RUN: '"
                + folder.resolve("Jenkinsfile")
                + "' is declarative, and only Jenkins itself can run that. Its steps and their"
                + " parameters were looked at; script blocks and the keys of a library's steps were"
                + " not. 0 violations");
    assertThat(wrong.isGood()).isFalse();
    assertThat(wrong.violations())
        .extracting(SimulationReport.Violation::toString)
        .containsExactly("Jenkinsfile:4: ehco: there is no such step. Did you mean 'echo'?");
  }

  @Test
  void aRestartUnderEachStepIsTriedEvenWhereARuleIsBroken() throws IOException {
    SimulationReport report =
        simulate(
            "echo mesage: 'x', message: 'y'\nnode {\n  stash name: 's', allowEmpty: true\n}",
            SimulationRequest.Restart.DURING,
            null);

    assertThat(report.violations())
        .extracting(SimulationReport.Violation::toString)
        .containsExactly(
            "Jenkinsfile:1: echo: has no parameter 'mesage'; Jenkins would ignore it. Did you mean"
                + " 'message'?",
            "Jenkinsfile:3: stash: a restart of the controller under this step loses the build. Put"
                + " retry(count: 2, conditions: [agent(), nonresumable()]) around its node.");
  }

  /** Whoever opens a pipe waits for it. */
  @ParameterizedTest
  @CsvSource({"Jenkinsfile,jenkinsfile", "steps.txt,steps"})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesAPipeAsAFileThatIsRead(String name, String property) throws IOException {
    write("Jenkinsfile", "echo 'x'");
    write("steps.txt", "");
    Files.delete(folder.resolve(name));
    Command.of("mkfifo", folder.resolve(name).toString()).run();

    assertThatThrownBy(this::run)
        .hasMessage(
            "'%s' is not a regular file. Name a file with -Dgolden.%s, no pipe, device or folder.",
            folder.resolve(name), property);
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesALibraryWithAPipe() throws IOException {
    write("Jenkinsfile", "echo 'x'");
    write("steps.txt", "");
    Command.of("mkfifo", folder.resolve("golden/vars/pipe.groovy").toString()).run();

    assertThatThrownBy(this::run)
        .hasMessage(
            "The library 'golden' cannot be loaded: 'vars/pipe.groovy' is a pipe or a device."
                + " Commit a plain file in its place. Or name another with"
                + " -Dgolden.library=golden=PATH.");
  }

  private SimulationReport run() {
    return run(
        SimulationRequest.Restart.NONE,
        folder.resolve("steps.txt"),
        SimulationRequest.Approval.APPROVE);
  }
}
