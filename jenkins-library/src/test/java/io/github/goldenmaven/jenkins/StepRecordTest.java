package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test of somebody else's library reads of a build. */
class StepRecordTest {

  @Test
  void aMisspeltNameOfTheOneArgumentIsFound() {
    assertThat(build(Restarts.NONE, "node { publishHTML(targt: [reportDir: 'a']) }").violations())
        .extracting(Violation::toString)
        .contains(
            "Jenkinsfile:1: publishHTML: has no parameter 'targt'; Jenkins would ignore it. Did you"
                + " mean 'target'?");
  }

  private static Build build(Restarts restarts, String jenkinsfile) {
    return Controller.create()
        .withCredentials("push", Credentials.usernamePassword("ci", "s3cret-word"))
        .withCredentials("store", Credentials.certificate("-STORE-", "pa55word", "signing"))
        .withShell(new BashShell())
        .withRestarts(restarts)
        .build(Jenkinsfile.of(jenkinsfile));
  }

  @Test
  void argumentsAreValuesByTheirParameters() {
    Build build =
        build(
            Restarts.EVERY,
            """
            node {
              def who = 'you'
              sh script: "echo ${who}", returnStatus: true
              withEnv(['A=1', "B=${who}"]) { echo 'x' }
            }
            """);

    assertThat(build.steps())
        .extracting(StepRecord::name, StepRecord::arguments)
        .contains(
            tuple("sh", Map.of("script", "echo you", "returnStatus", true)),
            tuple("withEnv", Map.of("overrides", List.of("A=1", "B=you"))));
    assertThat(build.steps().get(1).text("script")).isEqualTo("echo you");
    assertThat(build.steps().get(1).text("label")).isEmpty();
  }

  @Test
  void aSecretInAnArgumentIsMaskedHoweverDeepItIs() {
    Build build =
        build(
            Restarts.NONE,
            """
            node {
              withCredentials([usernamePassword(credentialsId: 'push', usernameVariable: 'U', passwordVariable: 'P')]) {
                withEnv(["HEADER=Basic ${env.P}"]) { echo 'x' }
              }
            }
            """);

    assertThat(build.steps().toString())
        .contains("HEADER=Basic ****")
        .doesNotContain("s3cret-word");
    assertThat(build.violations()).hasSize(1);
  }

  @Test
  void aSecretIsMaskedInWhateverHoldsIt() {
    Build build =
        Controller.create()
            .withCredentials("short", Credentials.secretText("s3cret"))
            .withCredentials("long", Credentials.secretText("s3cret-word"))
            .build(
                Jenkinsfile.of(
                    """
                    withCredentials([string(credentialsId: 'long', variable: 'L')]) {
                      echo message: new StringBuilder(env.L)
                      mail subject: 'x', body: 'x', to: [env.L] as Set
                      try { error message: [env.L] as String[] } catch (e) { echo 'x' }
                    }
                    """));

    assertThat(build.steps().toString() + build.transcript() + build.log())
        .contains("****")
        .doesNotContain("s3cret")
        .doesNotContain("-word");
    assertThat(build.violations()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(Restarts.class)
  void theTestsOfAllReportsAreCounted(Restarts restarts) {
    Build build =
        build(
            restarts,
            """
            node {
              writeFile file: 'a.xml', text: '<testsuite><testcase/><testcase><failure/></testcase><testcase><failure/><error/><failure/></testcase></testsuite>'
              writeFile file: 'b.xml', text: '<testsuite><testcase><skipped/></testcase></testsuite>'
              junit 'a.xml'
              junit testResults: 'b.xml'
            }
            """);

    assertThat(build.tests()).isEqualTo(new TestCounts(4, 2, 1));
    assertThat(build.tests().passed()).isEqualTo(1);
    assertThat(build.result()).isEqualTo("UNSTABLE");
    assertThat(build(restarts, "echo 'x'").tests()).isEqualTo(TestCounts.NONE);
  }

  @ParameterizedTest
  @EnumSource(Restarts.class)
  void yamlIsReadAsItsValues(Restarts restarts) {
    Build build =
        build(
            restarts,
            """
            node {
              writeFile file: 'a.yaml', text: 'name: java\\nlines: [17, 21]\\nmore: {active: yes}\\nmode: 0755\\n'
              def one = readYaml file: 'a.yaml'
              echo "${one.name} ${one.lines[1] + 1} ${one.more.active} ${one.mode}"
              def both = readYaml file: 'a.yaml', text: 'second: more'
              echo "${both.name} ${both.second}"
              def two = readYaml text: "a: 1\\n---\\na: 2\\n"
              echo "${two.size()} ${two[1].a}"
              try { readYaml text: '[' } catch (e) { echo "no: ${e.message.readLines()[0]}" }
            }
            """);

    assertThat(build.violations()).isEmpty();
    assertThat(build.error()).isEmpty();
    assertThat(build.log()).contains("java 22 true 493\njava more\n2 2\nno: readYaml: ");
  }

  @Test
  void aCertificateIsAFileWhileItsBlockRuns() {
    Build build =
        build(
            Restarts.EVERY,
            """
            node {
              withCredentials([certificate(credentialsId: 'store', keystoreVariable: 'STORE', passwordVariable: 'WORD', aliasVariable: 'NAME')]) {
                sh 'echo "$NAME $(wc -c < "$STORE") $WORD"; cat "$STORE"'
                env.LEFT = env.STORE
              }
              echo "left: ${fileExists(env.LEFT)}"
            }
            """);

    assertThat(build.error()).isEmpty();
    assertThat(build.log()).contains("signing 7 ****\n****\n").contains("left: false");
  }

  @Test
  void filesOfOneBlockAreEachTheirOwn() {
    Build build =
        Controller.create()
            .withCredentials("one", Credentials.secretFile("the first secret"))
            .withCredentials("two", Credentials.secretFile("another secret"))
            .withManagedFile("three", "three")
            .withManagedFile("four", "four!")
            .withShell(new BashShell())
            .build(
                Jenkinsfile.of(
                    """
                    node {
                      withCredentials([file(credentialsId: 'one', variable: 'A'), file(credentialsId: 'two', variable: 'B')]) {
                        configFileProvider([configFile(fileId: 'three', variable: 'C'), configFile(fileId: 'four', variable: 'D')]) {
                          sh 'echo sizes $(cat "$A" | wc -c) $(cat "$B" | wc -c) $(cat "$C") $(cat "$D")'
                        }
                      }
                    }
                    """));

    assertThat(build.error()).isEmpty();
    assertThat(build.log()).contains("sizes 16 14 three four!\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "publishHTML(target: [reportDir: 'a', reportFiles: 'b', reportName: 'c', keepal: true])",
        "publishHTML([reportDir: 'a', reportFiles: 'b', reportName: 'c', keepal: true])"
      })
  void aMisspeltKeyInsideAnArgumentIsFound(String call) {
    assertThat(build(Restarts.NONE, "node { " + call + " }").violations())
        .extracting(Violation::toString)
        .containsExactly(
            "Jenkinsfile:1: publishHTML: has no parameter 'keepal'; Jenkins would ignore it. Did you"
                + " mean 'keepAll'?");
    assertThat(
            build(Restarts.NONE, "node { " + call.replace("keepal:", "keepAll:") + " }")
                .violations())
        .isEmpty();
  }
}
