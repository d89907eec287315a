package io.github.goldenmaven.jenkins;

import static io.github.goldenmaven.jenkins.PlantedBugsTest.build;
import static io.github.goldenmaven.jenkins.PlantedBugsTest.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sandbox of a folder's library refuses, and what every Jenkins permits. */
class SandboxRefusalsTest {

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
            "Eval.me('1')",
            "' '.isBlank()",
            "'x'.repeat(2)",
            "'a'.lines()",
            "Math.floorMod(3, 2)",
            "String.format('%s', 1)",
            "[1].removeIf { true }",
            "[a: 1].computeIfAbsent('b') { 2 }",
            "this.identity { }",
            "''.bytes.class",
            "[''].metaClass")) {
      Build build = build(root, "def call() {\n  def x = " + way + "\n}", Restarts.NONE, false);
      assertThat(told(build)).as(way).contains("vars/bug.groovy:2: Scripts not permitted to use");
      assertThat(build.result()).as(way).isEqualTo("FAILURE");
    }
  }

  /** A type that makes an object, where the interpreter of Jenkins does not run. */
  @Test
  void aCastThatATypeImpliesIsNoWayOutOfTheSandbox(@TempDir Path root) throws IOException {
    for (String way :
        List.of(
            "@NonCPS def quick() { File f = ['/etc/passwd'] }",
            "@NonCPS def quick() { File f; f = ['/etc/passwd'] }",
            "@NonCPS File quick() { ['/etc/passwd'] }",
            "@NonCPS def quick() { return (File) ['/etc/passwd'] }",
            "@NonCPS def quick() { def c = { File f = ['/etc/passwd'] -> 1 }; return c() }",
            "@NonCPS def quick() { return 'a'.\"${'to' + new File('/x').name}\"() }",
            "class Thing { Thing() { File f = ['/etc/passwd'] } }\ndef quick() { new Thing() }",
            "class Thing { File f; Thing() { f = ['/etc/passwd'] } }\ndef quick() { new Thing() }",
            "class Thing { File f = ['/etc/passwd'] }\ndef quick() { new Thing() }",
            "class Thing { { File f = ['/etc/passwd'] } }\ndef quick() { new Thing() }")) {
      String variable = way + "\ndef call() {\n  quick()\n}";

      assertThat(build(root, variable, Restarts.NONE, true).violations()).as(way).isEmpty();
      Build sandboxed = build(root, variable, Restarts.NONE, false);
      assertThat(told(sandboxed))
          .as(way)
          .contains("vars/bug.groovy:")
          .contains("Scripts not permitted to use new java.io.File");
      assertThat(sandboxed.result()).as(way).isEqualTo("FAILURE");
    }
  }

  @Test
  void whatEveryJenkinsPermitsPassesTheSandbox(@TempDir Path root) throws IOException {
    for (String use :
        List.of(
            "' a,b '.trim().split(',').collect { it.toUpperCase() }.join('-')",
            "[a: 1].findAll { k, v -> v > 0 }.collectEntries { k, v -> [k, v + 1] }.a",
            "[[a: 1], [a: 2]].a.sum() * 2 - 1",
            "\"${1 + 1}\".length() > 0 && [1].size() == 1",
            "('a-b' =~ /b/) ? 1 : 0",
            "[3, 1].sort().toString().replaceAll('1', 'x')",
            "Math.max(1, 2).toString().padLeft(3, '0')")) {
      Build build = build(root, "def call() {\n  def x = " + use + "\n}", Restarts.NONE, false);
      assertThat(told(build)).as(use).isEmpty();
      assertThat(build.error()).as(use).isEmpty();
    }
  }
}
