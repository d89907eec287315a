package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Runs pipelines whose commands are real. */
class BashShellTest {

  private final Controller controller = Controller.create().withShell(new BashShell());

  @Test
  void aCommandWritesFilesThatStepsReadAndPassOn() {
    for (Restarts restarts : Restarts.values()) {
      Build build =
          controller
              .withRestarts(restarts)
              .build(
                  Jenkinsfile.of(
                      """
                      retry(count: 2, conditions: [nonresumable()]) {
                        node {
                          withEnv(['WORD=a b $(id)', 'PATH+X=/x']) {
                            sh 'mkdir -p out/deep; printf %s "$WORD" > out/deep/a.txt; echo $PATH > out/p.txt'
                          }
                        }
                      }
                      node {
                        echo sh(script: 'cat out/deep/a.txt', returnStdout: true)
                        echo sh(script: 'head -c 3 out/p.txt', returnStdout: true)
                        echo 'status ' + sh(script: 'exit 3', returnStatus: true)
                      }
                      """));
      assertThat(build.error()).as("%s", restarts).isEmpty();
      assertThat(build.log()).contains("a b $(id)\n", "/x:\n", "status 3\n");
    }
  }

  @Test
  void filesAreFoundByAntsPatterns() {
    Build build =
        controller.build(
            Jenkinsfile.of(
                """
                node {
                  sh 'mkdir -p a/b/c x; touch top.txt a/one.txt a/b/two.txt a/b/c/three.log x/four.txt'
                  archiveArtifacts artifacts: '**/*.txt', excludes: 'x/**'
                  archiveArtifacts 'a/*/c/'
                  stash name: 's', includes: 'a/**'
                  deleteDir()
                  unstash 's'
                  echo findFiles(glob: '**/t*.???').collect { it.path }.join(' ')
                }
                """));

    assertThat(build.error()).isEmpty();
    assertThat(build.archived())
        .containsExactly("a/b/c/three.log", "a/b/two.txt", "a/one.txt", "top.txt");
    assertThat(build.log()).contains("a/b/c/three.log a/b/two.txt\n");
  }

  @Test
  void aCommandThatFailsFailsTheBuild() {
    Build build = controller.build(Jenkinsfile.of("node { sh 'false; echo no' }"));

    assertThat(build.result()).isEqualTo("FAILURE");
    assertThat(build.error()).contains("script returned exit code 1");
    assertThat(build.log()).doesNotContain("\nno\n");
  }

  @Test
  void aScriptMayNameWhatRunsIt() {
    Build build =
        controller.build(
            Jenkinsfile.of(
                "node { sh '#!/usr/bin/env -S awk -f\\nBEGIN { print 6 * 7 }'\n"
                    + "sh '#!/bin/sh\\nfalse; echo $0' }"));

    assertThat(build.error()).isEmpty();
    assertThat(build.log()).contains("\n42\n").containsPattern("\n.*script.*\\.sh\n");
  }
}
