package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes that Jenkins shows late, wrongly or never, each with what a developer reads here. */
class PlantedBugsTest {

  /** A mistake, and all that is told of it: the place first. */
  record Planted(String name, String variable, String told) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static String kept(String place, String type) {
    return place
        + ": echo: a "
        + type
        + " is used across this step and cannot be saved; the build would be lost at a restart. Use"
        + " it only in a @NonCPS method, or keep only text, numbers, lists and maps.";
  }

  private static String left(String place, String called, String from) {
    return place
        + ": '"
        + called
        + "' was called from within '"
        + from
        + "', which Jenkins runs outside its interpreter: the pipeline would leave '"
        + from
        + "' at once with the wrong value. Call it outside of constructors, @NonCPS methods and"
        + " closures given to Java methods such as sort; loop over the values instead.";
  }

  static Stream<Planted> mistakes() {
    return Stream.of(
        new Planted(
            "a matcher kept over a step",
            "def call() {\n  def m = ('a' =~ /a/)\n  echo 'x'\n  echo m.group()\n}",
            kept("vars/bug.groovy:3", "java.util.regex.Matcher")),
        new Planted(
            "a step in a closure given to sort",
            "def call() {\n  [2, 1].sort { a, b -> echo 'x'; a <=> b }\n}",
            left("vars/bug.groovy:2", "call", "sort")),
        new Planted(
            "a comparing closure without a step",
            "def call() {\n  echo([2, 1].sort { a, b -> a <=> b }.toString())\n}",
            left("vars/bug.groovy:2", "call", "sort")),
        new Planted(
            "a step in a method that is not CPS",
            "@NonCPS\ndef quick() {\n  echo 'x'\n}\ndef call() {\n  quick()\n}",
            left("vars/bug.groovy:6", "echo", "quick")),
        new Planted(
            "a GString that calls a step when it is read",
            "def call() {\n  def s = \"${-> echo('x')}\"\n  node { sh s.toString() }\n}",
            left("vars/bug.groovy:3", "call", "toString")),
        new Planted(
            "a step in a constructor",
            """
            class Thing { Thing(script) {
              script.echo 'x' } }
            def call() {
              new Thing(this)
            }\
            """,
            left("vars/bug.groovy:4", "echo", "<init>")),
        new Planted(
            "a misspelt parameter",
            "def call() {\n  node {\n    junit testResults: 'x', allowEmptyResult: true\n  }\n}",
            "vars/bug.groovy:3: junit: has no parameter 'allowEmptyResult'; Jenkins would ignore"
                + " it. Did you mean 'allowEmptyResults'?"),
        new Planted(
            "a command outside node",
            "def call() {\n  sh 'make'\n}",
            "vars/bug.groovy:2: sh: runs on an agent, but it is outside of node. Put it inside"
                + " node."),
        new Planted(
            "a range around steps",
            "def call() {\n  for (i in 1..3) {\n    echo 'x'\n  }\n}",
            kept("vars/bug.groovy:3", "groovy.lang.IntRange$IntRangeIterator")),
        new Planted(
            "a static field",
            "class Counter {\n  static int count = 0\n}\ndef call() { Counter.count++ }",
            "vars/bug.groovy:2: the static field 'count' is lost at a restart and shared by every"
                + " build. Pass the value as an argument and return it."),
        new Planted(
            "a field that changes",
            "import groovy.transform.Field\n@Field int count = 0\ndef call() { count++ }",
            "vars/bug.groovy:2: the field 'count' can change, and each calling script has its own."
                + " Make it final, or pass the value as an argument."),
        new Planted(
            "a package line",
            "package company\ndef call() { echo 'x' }",
            "src/company/bug.groovy:2: the program cannot be loaded after a restart: the program's"
                + " class 'company.bug' is gone\n"
                + "vars/bug.groovy:1: a variable of a library has no package line: Jenkins finds it"
                + " by its file's name. Remove the line."),
        new Planted(
            "a step that does not exist",
            "def call() {\n  ehco 'x'\n}",
            "vars/bug.groovy:2: ehco: there is no such step. Did you mean 'echo'?"),
        new Planted(
            "an approval that keeps an executor",
            "def call() {\n  node { input 'Go?' }\n}",
            "vars/bug.groovy:2: input: is inside node and occupies an executor while people decide."
                + " Move it out."),
        new Planted(
            "arguments without names",
            "def call() {\n  timeout(5, 'HOURS') { echo 'x' }\n}",
            "vars/bug.groovy:2: timeout: was given 2 arguments without names. Name each:"
                + " timeout(name: value)."),
        new Planted(
            "a synchronized block",
            "def call() {\n  synchronized (this) { echo 'x' }\n}",
            "vars/bug.groovy:2: synchronized is unsupported for CPS transformation."),
        new Planted(
            "a do loop",
            "def call() {\n  do { echo 'x' } while (false)\n}",
            "vars/bug.groovy:2: unexpected token: do."),
        new Planted(
            "a call on each element",
            "def call() {\n  def l = ['x']\n  l*.toUpperCase()\n}",
            "vars/bug.groovy:3: spread not yet supported for CPS transformation."),
        new Planted(
            "a break outside of a loop",
            "def call() {\n  [1].each {\n    break\n  }\n}",
            "vars/bug.groovy:3: the break statement is only allowed inside loops or switches."),
        new Planted(
            "a label that is not there",
            "def call() {\n  for (x in [1]) {\n    continue outer\n  }\n}",
            "vars/bug.groovy:3: continue to missing label."),
        new Planted(
            "a truth that is not NonCPS",
            """
            class Thing {
              boolean asBoolean() { true } }
            def call() {
              if (new Thing()) {
                echo 'x'
              }
            }\
            """,
            left("vars/bug.groovy:4", "asBoolean", "castToType")),
        new Planted(
            "a map with a default",
            "def call() {\n  def m = [:].withDefault { 'x' }\n  echo m.a\n  echo m.b\n}",
            kept("vars/bug.groovy:3", "groovy.lang.MapWithDefault")),
        new Planted(
            "parsed JSON kept over a step",
            "def call() {\n  def j = new groovy.json.JsonSlurper().parseText('{\"a\": 1}')\n"
                + "  echo 'x'\n  echo \"${j.a}\"\n}",
            kept("vars/bug.groovy:3", "groovy.json.internal.LazyMap")),
        new Planted(
            "a syntax error",
            "def call() {\n  echo(\n}",
            "vars/bug.groovy:3: unexpected token: }."),
        new Planted(
            "a loop without an end",
            "def call() {\n  while (true) { }\n}",
            "Jenkinsfile:1: the pipeline runs in an endless loop without a step. End the loop, or"
                + " call a step such as sleep in it."),
        new Planted(
            "an annotation that fetches code",
            "@Grab('a:b:1')\nimport java.util.Map\ndef call() { }",
            "vars/bug.groovy:1: the annotation '@Grab' runs or fetches code while the pipeline is"
                + " compiled; Jenkins refuses it in the sandbox, and it is never run here. Remove"
                + " it, and keep the code in the library's src."),
        new Planted(
            "an annotation that runs code under another name",
            "import groovy.transform.ASTTest as Quiet\n@Quiet(value = { })\ndef call() { }",
            "vars/bug.groovy:1: the annotation '@ASTTest' runs or fetches code while the pipeline"
                + " is compiled; Jenkins refuses it in the sandbox, and it is never run here."
                + " Remove it, and keep the code in the library's src."));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isTold(Planted planted, @TempDir Path root) throws IOException {
    Build build = build(root, planted.variable(), Restarts.EVERY, true);

    assertThat(told(build)).isEqualTo(planted.told());
  }

  /** Mistakes that passed with the interpreter of 2019, and end a build in Jenkins. */
  static Stream<Planted> wrongCasts() {
    String cannot =
        "org.codehaus.groovy.runtime.typehandling.GroovyCastException: Cannot cast object ";
    String textToMap = cannot + "'text' with class 'java.lang.String' to class 'java.util.Map'";
    return Stream.of(
        new Planted(
            "a body that ends in a description, into a Map",
            """
            def call() {
              onAgent { currentBuild.description = 'text' }
            }
            Map onAgent(Closure body) {
              Map result = [:]
              node { result = body() ?: [:] }
              return result
            }
            """,
            textToMap),
        new Planted(
            "a method that ends in an assignment, into a Map",
            "def call() {\n  Map m = last()\n}\ndef last() { def x; x = 'text' }",
            textToMap),
        new Planted(
            "a parameter that is given another type",
            "def call(Map config = [:]) {\n  config = 'text'\n  echo config\n}",
            textToMap),
        new Planted(
            "a closure's parameter that is given another type",
            "def call() {\n  def c = { Map m -> m = 'text'; echo m }\n  c([:])\n}",
            textToMap),
        new Planted(
            "a default by or, which is a boolean",
            "def call() {\n  def c = [name: 'text']\n  Map m = c.name || [:]\n}",
            cannot + "'true' with class 'java.lang.Boolean' to class 'java.util.Map'"),
        new Planted(
            "an element of a list that is given to a typed variable",
            "def call() {\n  def (Map m, String s) = ['text', 1]\n}",
            textToMap));
  }

  @ParameterizedTest
  @MethodSource("wrongCasts")
  void endsTheBuildAsInJenkins(Planted planted, @TempDir Path root) throws IOException {
    for (Restarts restarts : Restarts.values()) {
      for (boolean trusted : List.of(true, false)) {
        Build build = build(root, planted.variable(), restarts, trusted);
        assertThat(build.result()).isEqualTo("FAILURE");
        // The sandbox is asked first for the methods that the value would have as a Map.
        assertThat(build.error().orElseThrow())
            .matches(
                error ->
                    error.equals(planted.told())
                        || (!trusted && error.contains("Scripts not permitted to use method")));
      }
    }
  }

  @Test
  void anEndlessPipelineEndsWithAViolation() {
    Build build = Controller.create().build(Jenkinsfile.of("\nwhile (true) { echo 'x' }"));

    assertThat(told(build))
        .isEqualTo("Jenkinsfile:2: echo: the pipeline calls more than 20000 steps. End its loop.");
    assertThat(build.result()).isEqualTo("FAILURE");
  }

  @Test
  void aMistakeInTheJenkinsfileOrInSrcIsToldWithItsPlace(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("src/com/example"));
    Files.writeString(
        root.resolve("src/com/example/Thing.groovy"), "package com.example\nclass Thing {\n");
    Controller controller = Controller.create().with(Library.global("bugs", root)).sandboxed();

    Build inSrc = controller.build(Jenkinsfile.of("\necho com.example.Thing.name"));
    assertThat(told(inSrc)).startsWith("src/com/example/Thing.groovy:");
    assertThat(inSrc.result()).isEqualTo("FAILURE");
    Build itself = controller.build(Jenkinsfile.of("echo 'x'\necho((\n"));
    assertThat(told(itself)).isEqualTo("Jenkinsfile:2: unexpected token: (.");
    assertThat(itself.error()).contains("Jenkinsfile:2: unexpected token: (.");
    assertThat(itself.steps()).isEmpty();
  }

  @Test
  void aSecretInAGString(@TempDir Path root) throws IOException {
    Build build =
        build(
            root,
            """
            def call() {
              node {
                withCredentials([string(credentialsId: 'token', variable: 'TOKEN')]) {
                  sh "login ${env.TOKEN}"
                }
              }
            }
            """,
            Restarts.NONE,
            true);

    assertThat(told(build)).contains("vars/bug.groovy:4: sh: a secret is in the argument 'script'");
    assertThat(build.toString()).doesNotContain("s3cret-token");
  }

  static Build build(Path root, String variable, Restarts restarts, boolean trusted)
      throws IOException {
    Files.createDirectories(root.resolve("vars"));
    Files.writeString(root.resolve("vars/bug.groovy"), variable);
    return Controller.create()
        .with(trusted ? Library.global("bugs", root) : Library.folder("bugs", root))
        .withCredentials("token", Credentials.secretText("s3cret-token"))
        .withRestarts(restarts)
        .build(Jenkinsfile.of("bug()"));
  }

  static String told(Build build) {
    return build.violations().stream().map(Violation::toString).collect(Collectors.joining("\n"));
  }
}
