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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every step in {@code vars}. */
class StepsTest {

  private static final Path VARS = PipelineScenario.CHECKOUT.resolve("vars");
  private static final Pattern KEYS =
      Pattern.compile("List keys\\(\\) \\{\\s*return \\[([^\\]]*)\\]");
  private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

  static Stream<String> steps() throws IOException {
    try (var files = Files.list(VARS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".txt"))
          .map(name -> name.replace(".txt", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static List<String> keys(String step) throws IOException {
    Matcher list = KEYS.matcher(Files.readString(VARS.resolve(step + ".groovy")));
    assertThat(list.find()).as(step).isTrue();
    List<String> keys = new ArrayList<>();
    Matcher key = QUOTED.matcher(list.group(1));
    while (key.find()) {
      keys.add(key.group(1));
    }
    return keys;
  }

  private static Controller controller() {
    return Controller.create().with(PipelineScenario.TRUSTED).withShell(new FakeMaven("pass"));
  }

  @Test
  void areThese() throws IOException {
    assertThat(steps())
        .containsExactly(
            "goldenBake",
            "goldenBuild",
            "goldenMaven",
            "goldenPipeline",
            "goldenPromote",
            "goldenReport",
            "goldenVerify");
  }

  @Test
  void leanOnThese() throws IOException {
    try (var files = Files.list(VARS)) {
      List<String> steps = steps().toList();
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".groovy"))
          .map(name -> name.replace(".groovy", ""))
          .filteredOn(name -> !steps.contains(name))
          .containsExactlyInAnyOrder(
              "goldenAgent",
              "goldenCommand",
              "goldenJob",
              "goldenKeys",
              "goldenNotify",
              "goldenPlugins",
              "goldenRelease",
              "goldenResult",
              "goldenSettings",
              "goldenStages",
              "goldenTests",
              "goldenText",
              "goldenTypes",
              "goldenVerdict");
    }
  }

  @Test
  void haveAtMostAHundredLinesEach() throws IOException {
    List<String> longer = new ArrayList<>();
    try (var files = Files.list(VARS)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".groovy")).toList()) {
        int lines = Files.readAllLines(file).size();
        if (lines > 100) {
          longer.add(file.getFileName() + " has " + lines + " lines");
        }
      }
    }
    assertThat(longer).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void haveAHelpThatNamesEveryKey(String step) throws IOException {
    String help = Files.readString(VARS.resolve(step + ".txt"));
    List<String> keys = keys(step);
    if (step.equals("goldenMaven")) {
      keys.add("goals");
    }
    if (!step.equals("goldenReport")) {
      keys.addAll(keys("goldenMaven"));
    }
    assertThat(
            step.equals("goldenMaven") ? helped(help).stream().distinct() : helped(help).stream())
        .as("what the help names is what the step takes")
        .containsExactlyInAnyOrderElementsOf(keys.stream().distinct().toList());
    assertThat(help).startsWith(step + "(").doesNotContain("<", "&");
  }

  private static List<String> helped(String help) {
    return Pattern.compile("(?m)^  ([a-zA-Z.]+) {2,}[a-zA-Z'\"]")
        .matcher(help)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("steps")
  void refuseEveryMisspeltKeyWithTheNearest(String step) throws IOException {
    List<String> keys = new ArrayList<>(keys(step));
    if (!step.equals("goldenReport")) {
      keys.addAll(keys("goldenMaven"));
    }
    for (String key : keys) {
      String misspelt = key.substring(0, key.length() - 1) + "_" + key.charAt(key.length() - 1);
      Build build =
          controller().build(Jenkinsfile.of("node { " + step + "(['" + misspelt + "': 'x']) }"));

      assertThat(build.result()).isEqualTo("FAILURE");
      assertThat(build.error().orElseThrow())
          .startsWith(step + " has no key '" + misspelt + "'. Did you mean '" + key + "'? Known: ");
      assertThat(build.steps()).extracting(StepRecord::name).doesNotContain("sh");
    }
  }

  @Test
  void passEachKeyAsItsGoalsProperty() {
    FakeMaven maven = new FakeMaven("pass");
    Build build =
        controller()
            .withShell(maven)
            .build(
                Jenkinsfile.of(
                    "node { goldenBuild(image: 'r.example/a:1', platforms: ['linux/amd64',"
                        + " 'linux/arm64'], 'container.mainClass': 'a.B', dryRun: true,"
                        + " pluginVersion: '1.0', arguments: ['-Pci', '-q $(id)']) }"));

    assertThat(build.violations()).isEmpty();
    assertThat(maven.runs)
        .containsExactly(
            "-Pci -q $(id) -Dgolden.container.mainClass=a.B -Dgolden.dryRun=true"
                + " -Dgolden.image=r.example/a:1 -Dgolden.platforms=linux/amd64,linux/arm64"
                + " io.github.goldenmaven:golden-maven-plugin:1.0:build");
    assertThat(maven.commands)
        .as("no value is part of a command's text")
        .noneMatch(command -> command.contains("r.example") || command.contains("id)"));
  }

  @Test
  void listTheirKeysInOrder() throws IOException {
    for (String step : steps().toList()) {
      assertThat(keys(step)).as(step).isSorted();
    }
  }

  @Test
  void keepTheRegistrysPasswordInTheEnvironment() throws IOException {
    List<Map<String, String>> seen = new ArrayList<>();
    FakeMaven maven = new FakeMaven("pass");
    for (Restarts restarts : List.of(Restarts.NONE, Restarts.EVERY)) {
      Build build =
          controller()
              .withShell(
                  call -> {
                    seen.add(call.environment());
                    return maven.run(call);
                  })
              .withRestarts(restarts)
              .withCredentials("push", Credentials.usernamePassword("ci", "s3cret-word"))
              .withManagedFile("team", "<settings/>")
              .build(
                  Jenkinsfile.of(
                      "node { goldenBuild(image: 'r.example/a:1', settings: 'team',"
                          + " credentials: ['r.example': 'push']) }"));

      assertThat(build.violations()).isEmpty();
      assertThat(build.error()).isEmpty();
      assertThat(build.toString()).doesNotContain("s3cret-word", "****");
    }
    assertThat(maven.runs).allMatch(run -> !run.contains("s3cret-word"));
    assertThat(seen)
        .anyMatch(environment -> "s3cret-word".equals(environment.get("GOLDEN_PASSWORD_0")));
    assertThat(maven.commands)
        .anyMatch(
            command -> command.endsWith(" -s \"$GOLDEN_SETTINGS\" -gs \"$GOLDEN_REGISTRIES\""));
  }

  @Test
  void refuseOnWindowsWhatCmdWouldRun() {
    Build build =
        controller()
            .withAgents(Agent.windows("win"))
            .build(Jenkinsfile.of("node { goldenBuild(image: 'a\" & del *') }"));

    assertThat(build.error().orElseThrow()).startsWith("On Windows no value may contain \": ");
    assertThat(build.steps()).extracting(StepRecord::name).doesNotContain("bat");
  }

  @Test
  void tellTheTypeThatAKeyTakes() {
    Map<String, String> wrong =
        Map.of(
            "goldenBuild(image: [a: 1])",
            "goldenBuild: the key 'image' takes a text, a number, a boolean or a list.",
            "goldenPromote(dryRun: 'yes')",
            "goldenPromote: the key 'dryRun' takes true or false, not 'yes'.",
            "goldenBuild('container.expandClasspathDependencies': 1)",
            "goldenBuild: the key 'container.expandClasspathDependencies' takes true or false, not"
                + " '1'.",
            "goldenBake(skip: 'TRUE')",
            "goldenBake: the key 'skip' takes true or false, not 'TRUE'.",
            "goldenBuild(timeout: 'soon')",
            "goldenBuild: the key 'timeout' takes a number of minutes from 1, not 'soon'.",
            "goldenBuild(credentials: 'push')",
            "goldenBuild: the key 'credentials' takes a map from a registry's host to the id of its"
                + " credentials, not 'push'.",
            "goldenBuild(pluginVersion: '1;id')",
            "goldenBuild: the key 'pluginVersion' takes letters, digits and . - _ : only, not"
                + " '1;id'.",
            "goldenMaven(goals: 'verify')",
            "goldenMaven: the key 'goals' takes a list of texts, such as ['verify'], not"
                + " 'verify'.");
    wrong.forEach(
        (call, message) ->
            assertThat(controller().build(Jenkinsfile.of("node { " + call + " }")).error())
                .contains(message));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readWhatThePluginEscaped(boolean trusted) {
    Library library = trusted ? PipelineScenario.TRUSTED : PipelineScenario.UNTRUSTED;
    Build build =
        Controller.create()
            .with(library)
            .withShell(new FakeMaven("pass"))
            .build(
                Jenkinsfile.of(
                    "node { Map built = goldenBuild(image: 'oci:/빌드/주문\\\\1:1')\n"
                        + "echo built.images[0].reference }"));

    assertThat(build.error()).isEmpty();
    assertThat(build.description())
        .hasValueSatisfying(
            text -> assertThat(text).startsWith("oci:/빌드/주문\\1:1@aaaaaaaaaaaa on "));
    assertThat(build.log()).contains("\noci:/빌드/주문\\1:1\n");
  }

  @Test
  void describeAndArchiveByThemselves() {
    for (String step : List.of("goldenBuild(image: 'r.example/a:1')", "goldenBake()")) {
      Build build = controller().build(Jenkinsfile.of("node { " + step + " }"));

      assertThat(build.violations()).isEmpty();
      assertThat(build.description().orElseThrow()).contains("@aaaaaaaaaaaa on ");
      assertThat(build.archived()).contains("target/golden/result.properties");
    }
  }

  @Test
  void sayWhereNothingWasLeft() {
    Build build =
        controller()
            .withShell(new FakeMaven("pass").skippedByItsPom())
            .build(Jenkinsfile.of("node { goldenBuild() }"));

    assertThat(build.error()).isEmpty();
    assertThat(build.log())
        .contains(
            "Golden Maven: golden:build left no result under 'target/golden'. It was skipped, or"
                + " it wrote to another folder.");
  }

  @Test
  void takeNothingForNothing() {
    assertThat(controller().build(Jenkinsfile.of("node { goldenBuild(null) }")).error())
        .contains("goldenBuild was given null instead of its keys. Leave it out, or give a map.");
    assertThat(
            controller()
                .build(Jenkinsfile.of("node { goldenReport(result: goldenMaven()) }"))
                .error())
        .isEmpty();
  }

  @Test
  void refuseOnWindowsAValueThatWouldTakeTheNextOneIn() {
    Build build =
        controller()
            .withAgents(Agent.windows("win"))
            .build(Jenkinsfile.of("node { goldenMaven(arguments: ['-Dx=C:\\\\dir\\\\']) }"));

    assertThat(build.error())
        .contains(
            "On Windows no value may end with \\, which would join it to the next one:"
                + " '-Dx=C:\\dir\\'. Remove it.");
  }

  @Test
  void keepTheRegistriesOfTwoBranchesApart() {
    Build build =
        controller()
            .withCredentials("a", Credentials.usernamePassword("ci", "s3cret-word"))
            .build(
                Jenkinsfile.of(
                    """
                    node {
                      goldenMaven(credentials: ['one.example': 'a'])
                      goldenMaven(credentials: ['two.example': 'a'])
                      goldenMaven(credentials: ['two.example': 'a'])
                    }
                    """));

    assertThat(build.error()).isEmpty();
    assertThat(GoldenPipelineTest.published(build, "writeFile")).hasSize(2).doesNotHaveDuplicates();
  }
}
