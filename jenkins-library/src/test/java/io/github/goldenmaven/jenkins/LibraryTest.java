package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Jenkins retrieves of a library's checkout, and what a pipeline can do with it. */
class LibraryTest {

  @TempDir Path root;

  private void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }

  @Test
  void isOnlyWhatJenkinsIncludes() throws IOException {
    for (String file :
        List.of(
            "vars/a.groovy",
            "vars/a.txt",
            "vars/a.md",
            "vars/deep/b.groovy",
            "src/com/x/C.groovy",
            "src/com/x/C.java",
            "resources/com/x/d.json",
            "jenkins-library/src/com/x/E.groovy",
            "docs/vars/f.groovy",
            "target/vars/g.groovy",
            ".git/vars/h.groovy",
            "pom.xml")) {
      write(file, "");
    }

    assertThat(Library.global("x", root).files())
        .containsOnlyKeys(
            "vars/a.groovy", "vars/a.txt", "src/com/x/C.groovy", "resources/com/x/d.json");
    assertThat(Library.global("x", root).variables()).containsExactly("a");
  }

  @Test
  void isRejectedWithASymbolicLinkAnywhere() throws IOException {
    write("vars/bug.groovy", "def call() { }");
    Files.createDirectories(root.resolve("docs"));
    Files.createSymbolicLink(root.resolve("docs/link"), Path.of("/etc/passwd"));

    assertThatThrownBy(() -> Library.global("bug", root))
        .hasMessage(
            "Jenkins rejects the library: 'docs/link' is a symbolic link (SECURITY-3727). Commit"
                + " a plain file in its place.");
  }

  private void writeLibraryThatGreets() throws IOException {
    write(
        "src/com/x/Greeter.groovy",
        """
        package com.x
        class Greeter implements Serializable {
          def steps
          Greeter(steps) { this.steps = steps }
          def greet(who) { steps.echo 'hello ' + who }
        }
        """);
    write("resources/com/x/who.txt", "Ann");
    write(
        "vars/greet.groovy",
        """
        import com.x.Greeter
        def call() {
          new Greeter(steps).greet(libraryResource('com/x/who.txt'))
        }
        """);
    write("vars/echo.groovy", "def call(text) { steps.echo 'mine: ' + text }");
  }

  @ParameterizedTest
  @EnumSource(Restarts.class)
  void givesClassesResourcesAndStepsBehindItsVariables(Restarts restarts) throws IOException {
    writeLibraryThatGreets();
    for (Library library : List.of(Library.global("x", root), Library.folder("x", root))) {
      Build build =
          Controller.create()
              .with(library)
              .withRestarts(restarts)
              .build(Jenkinsfile.of("@Library('x') _\ngreet()\necho 'x'\nsteps.echo 'y'"));

      assertThat(build.error()).isEmpty();
      assertThat(build.violations()).isEmpty();
      assertThat(build.log()).isEqualTo("hello Ann\nmine: x\ny\n");
      assertThat(build.steps())
          .extracting(StepRecord::file)
          .containsExactly(
              "vars/greet.groovy", "src/com/x/Greeter.groovy", "vars/echo.groovy", "Jenkinsfile");
    }
  }
}
