package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Jenkinsfile in the documentation works. */
@Tag("sweep")
class JenkinsDocsTest {

  private static final Path ROOT = PipelineScenario.CHECKOUT;
  private static final Library LIBRARY = PipelineScenario.UNTRUSTED;

  static Stream<Jenkinsfile> examples() throws IOException {
    List<Jenkinsfile> all = new ArrayList<>();
    for (String document : List.of("docs/jenkins.md", "README.md")) {
      Matcher block =
          Pattern.compile("(?s)```groovy\n(.*?)```")
              .matcher(Files.readString(ROOT.resolve(document)));
      while (block.find()) {
        all.add(new Jenkinsfile(document + " " + (all.size() + 1), block.group(1)));
      }
    }
    return all.stream();
  }

  static Stream<Jenkinsfile> scripted() throws IOException {
    return examples().filter(example -> !DeclarativePipeline.is(example));
  }

  static Stream<Jenkinsfile> declarative() throws IOException {
    return examples().filter(DeclarativePipeline::is);
  }

  /** Each example with the job that it runs in. */
  static Stream<Arguments> situations() throws IOException {
    List<Map<String, String>> jobs =
        List.of(
            Map.of("BRANCH_NAME", "main"),
            Map.of("BRANCH_NAME", "PR-7", "CHANGE_ID", "7"),
            Map.of("BRANCH_NAME", "v1", "TAG_NAME", "v1"));
    return scripted().flatMap(example -> jobs.stream().map(job -> Arguments.of(example, job)));
  }

  /** The calls that stand atop the help texts. */
  static Stream<Jenkinsfile> helps() throws IOException {
    List<Jenkinsfile> all = new ArrayList<>();
    for (String step : StepsTest.steps().toList()) {
      String help = Files.readString(ROOT.resolve("vars").resolve(step + ".txt"));
      List<String> calls = help.lines().takeWhile(line -> !line.isBlank()).toList();
      for (String call : calls) {
        String inside = call.replace("goldenBuild(...)", "goldenBuild()");
        all.add(
            new Jenkinsfile(
                step + ".txt " + (all.size() + 1),
                "@Library('golden') _\n"
                    + (step.equals("goldenPipeline") ? inside : "node { " + inside + " }")));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("helps")
  void aCallAtopAHelpTextRuns(Jenkinsfile example) {
    runs(example, Map.of("BRANCH_NAME", "v1", "TAG_NAME", "v1"));
  }

  @ParameterizedTest
  @MethodSource("situations")
  void aScriptedOneRunsInTheSandboxWithARestartAtEveryStep(
      Jenkinsfile example, Map<String, String> job) {
    runs(example, job);
  }

  private static void runs(Jenkinsfile example, Map<String, String> job) {
    Build build =
        Controller.create()
            .withEnvironment(job)
            .with(LIBRARY)
            .sandboxed()
            .withShell(new FakeMaven("pass"))
            .withCredentials("registry-push", Credentials.usernamePassword("ci", "s3cret-word"))
            .withRestarts(Restarts.EVERY)
            .build(example);

    assertThat(build.violations()).isEmpty();
    assertThat(build.error()).isEmpty();
    assertThat(build.result()).isEqualTo("SUCCESS");
  }

  @ParameterizedTest
  @MethodSource("declarative")
  void aDeclarativeOneParsesAndItsStepsExist(Jenkinsfile example) throws IOException {
    assertThat(new DeclarativePipeline(example).check(StepCatalogue.jenkins(), LIBRARY.variables()))
        .isEmpty();
    assertThat(unknownKeys(example.text())).isEmpty();
  }

  @Test
  void aKeyThatAStepDoesNotTakeIsFoundInADeclarativeOne() throws IOException {
    assertThat(unknownKeys("steps { goldenBuild(imag: 'x', policy: 'y') }"))
        .containsExactly("goldenBuild imag");
  }

  /** The keys that steps of the library are given and do not take, as their code lists them. */
  private static List<String> unknownKeys(String text) throws IOException {
    List<String> unknown = new ArrayList<>();
    Matcher call = Pattern.compile("\\b(golden[A-Z]\\w+)\\(([^)]*)\\)").matcher(text);
    while (call.find()) {
      List<String> keys = new ArrayList<>(keys(call.group(1)));
      keys.addAll(keys("goldenMaven"));
      Matcher key = Pattern.compile("(?<![\\w'])(\\w+): ").matcher(call.group(2));
      while (key.find()) {
        if (!keys.contains(key.group(1))) {
          unknown.add(call.group(1) + " " + key.group(1));
        }
      }
    }
    return unknown;
  }

  private static List<String> keys(String step) throws IOException {
    Matcher keys =
        Pattern.compile("List keys\\(\\) \\{\\s*return \\[([^\\]]*)\\]")
            .matcher(Files.readString(ROOT.resolve("vars").resolve(step + ".groovy")));
    assertThat(keys.find()).isTrue();
    return Pattern.compile("'([^']+)'")
        .matcher(keys.group(1))
        .results()
        .map(key -> key.group(1))
        .toList();
  }

  @Test
  void thereAreSome() throws IOException {
    assertThat(scripted()).hasSizeGreaterThanOrEqualTo(8);
    assertThat(declarative()).isNotEmpty();
  }

  @Test
  void aMistakeInADeclarativeOneIsFound() {
    Jenkinsfile wrong =
        Jenkinsfile.of(
            """
            pipeline {
              agent any
              stages {
                stage('A') {
                  steps {
                    goldenBild(image: 'x')
                    junit testResult: 'a.xml'
                    dir('x') { ehco 'y' }
                  }
                }
              }
              post { always { sh scrip: 'x' } }
            }
            """);
    assertThat(new DeclarativePipeline(wrong).check(StepCatalogue.jenkins(), LIBRARY.variables()))
        .extracting(Violation::toString)
        .containsExactly(
            "Jenkinsfile:6: goldenBild: there is no such step. Did you mean 'goldenBuild'?",
            "Jenkinsfile:7: junit: has no parameter 'testResult'. Did you mean 'testResults'?",
            "Jenkinsfile:8: ehco: there is no such step. Did you mean 'echo'?",
            "Jenkinsfile:12: sh: has no parameter 'scrip'. Did you mean 'script'?");
    assertThat(
            new DeclarativePipeline(Jenkinsfile.of("pipeline {"))
                .check(StepCatalogue.jenkins(), LIBRARY.variables()))
        .hasSize(1);
  }

  @Test
  void thePageNamesEveryKeyOfTheProperties() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/jenkins.md"));
    for (Path step :
        List.of(
            ROOT.resolve("vars/goldenPipeline.groovy"), ROOT.resolve("vars/goldenMaven.groovy"))) {
      Matcher keys =
          Pattern.compile("List keys\\(\\) \\{\\s*return \\[([^\\]]*)\\]")
              .matcher(Files.readString(step));
      assertThat(keys.find()).isTrue();
      Matcher key = Pattern.compile("'([^']+)'").matcher(keys.group(1));
      while (key.find()) {
        assertThat(page).contains("`" + key.group(1) + "`");
      }
    }
  }
}
