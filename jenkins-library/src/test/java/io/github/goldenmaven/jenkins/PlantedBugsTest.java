package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  /** A mistake, and what is told of it: the place first. */
  record Planted(String name, String variable, String told) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Planted> mistakes() {
    return Stream.of(
        new Planted(
            "a matcher kept over a step",
            "def call() {\n  def m = ('a' =~ /a/)\n  echo 'x'\n  echo m.group()\n}",
            "vars/bug.groovy:3: echo: a java.util.regex.Matcher is kept over this step and cannot"
                + " be saved"),
        new Planted(
            "a step in a closure given to sort",
            "def call() {\n  [2, 1].sort { a, b -> echo 'x'; a <=> b }\n}",
            "vars/bug.groovy:2: 'call' was called from within 'sort', which Jenkins runs outside"
                + " its interpreter"),
        new Planted(
            "a comparing closure without a step",
            "def call() {\n  echo([2, 1].sort { a, b -> a <=> b }.toString())\n}",
            "vars/bug.groovy:2: 'call' was called from within 'sort'"),
        new Planted(
            "a step in a method that is not CPS",
            "@NonCPS\ndef quick() {\n  echo 'x'\n}\ndef call() {\n  quick()\n}",
            "vars/bug.groovy:6: 'echo' was called from within 'quick'"),
        new Planted(
            "a GString that calls a step when it is read",
            "def call() {\n  def s = \"${-> echo('x')}\"\n  node { sh s.toString() }\n}",
            "'call' was called from within 'toString'"),
        new Planted(
            "a step in a constructor",
            "class Thing { Thing(script) {\n  script.echo 'x' } }\ndef call() {\n  new Thing(this)\n}",
            "vars/bug.groovy:4: 'echo' was called from within '<init>'"),
        new Planted(
            "a misspelt parameter",
            "def call() {\n  node {\n    junit testResults: 'x', allowEmptyResult: true\n  }\n}",
            "vars/bug.groovy:3: junit: has no parameter 'allowEmptyResult'; Jenkins would ignore"
                + " it. Did you mean 'allowEmptyResults'?"),
        new Planted(
            "a command outside node",
            "def call() {\n  sh 'make'\n}",
            "vars/bug.groovy:2: sh: runs on an agent, and no node stands around it. Put it inside"
                + " node."),
        new Planted(
            "a range around steps",
            "def call() {\n  for (i in 1..3) {\n    echo 'x'\n  }\n}",
            "vars/bug.groovy:3: echo: a "),
        new Planted(
            "a static field",
            "class Counter {\n  static int count = 0\n}\ndef call() { Counter.count++ }",
            "vars/bug.groovy:2: the static field 'count' is lost at a restart"),
        new Planted(
            "a field that changes",
            "import groovy.transform.Field\n@Field int count = 0\ndef call() { count++ }",
            "vars/bug.groovy:2: the field 'count' can change"),
        new Planted(
            "a package line", "package company\ndef call() { echo 'x' }", "vars/bug.groovy"),
        new Planted(
            "a step that does not exist",
            "def call() {\n  ehco 'x'\n}",
            "vars/bug.groovy:2: ehco: there is no such step. Did you mean 'echo'?"),
        new Planted(
            "an approval that keeps an executor",
            "def call() {\n  node { input 'Go?' }\n}",
            "vars/bug.groovy:2: input: stands inside node"),
        new Planted(
            "arguments without names",
            "def call() {\n  timeout(5, 'HOURS') { echo 'x' }\n}",
            "vars/bug.groovy:2: timeout: was given 2 arguments without names"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isTold(Planted planted, @TempDir Path root) throws IOException {
    Build build = build(root, planted.variable(), Restarts.EVERY, true);

    assertThat(told(build)).contains(planted.told());
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

  @Test
  void aCollectionMadeInTheSandbox(@TempDir Path root) throws IOException {
    String variable = "def call() {\n  def m = new LinkedHashMap()\n  echo m.toString()\n}";

    assertThat(told(build(root, variable, Restarts.NONE, true))).isEmpty();
    Build sandboxed = build(root, variable, Restarts.NONE, false);
    assertThat(sandboxed.result()).isEqualTo("FAILURE");
    assertThat(told(sandboxed))
        .isEqualTo(
            "vars/bug.groovy:2: Scripts not permitted to use new java.util.LinkedHashMap: the"
                + " sandbox of a folder's library refuses it.");
  }

  @Test
  void aWayOutOfTheSandboxIsRefused(@TempDir Path root) throws IOException {
    for (String way :
        List.of(
            "'id'.execute()",
            "System.exit(1)",
            "new File('/etc/passwd').text",
            "this.class.classLoader",
            "evaluate('1')",
            "Class.forName('java.lang.System')",
            "'/etc/passwd' as File",
            "[:].getClass()",
            "''.metaClass",
            "java.time.Instant.now()",
            "getBinding()",
            "Eval.me('1')")) {
      Build build = build(root, "def call() {\n  def x = " + way + "\n}", Restarts.NONE, false);
      assertThat(told(build)).as(way).contains("vars/bug.groovy:2: Scripts not permitted to use");
      assertThat(build.result()).as(way).isEqualTo("FAILURE");
    }
  }

  @Test
  void aSymbolicLinkInTheLibrary(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("vars"));
    Files.writeString(root.resolve("vars/bug.groovy"), "def call() { }");
    Files.createDirectories(root.resolve("docs"));
    Files.createSymbolicLink(root.resolve("docs/link"), Path.of("/etc/passwd"));

    assertThatThrownBy(() -> Library.global("bug", root))
        .hasMessage(
            "Jenkins rejects the library: 'docs/link' is a symbolic link (SECURITY-3727). Commit"
                + " a plain file in its place.");
  }

  private static Build build(Path root, String variable, Restarts restarts, boolean trusted)
      throws IOException {
    Files.createDirectories(root.resolve("vars"));
    Files.writeString(root.resolve("vars/bug.groovy"), variable);
    return Controller.create()
        .with(trusted ? Library.global("bugs", root) : Library.folder("bugs", root))
        .withCredentials("token", Credentials.secretText("s3cret-token"))
        .withRestarts(restarts)
        .build(Jenkinsfile.of("bug()"));
  }

  private static String told(Build build) {
    return build.violations().stream().map(Violation::toString).collect(Collectors.joining("\n"));
  }
}
