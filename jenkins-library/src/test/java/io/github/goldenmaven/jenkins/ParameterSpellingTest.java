package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every parameter of Jenkins' that the steps name, misspelt: each is told. */
@Tag("sweep")
class ParameterSpellingTest {

  private static final Library LIBRARY = PipelineScenario.TRUSTED;

  /** A parameter where the steps write it; the line is text to be replaced whole. */
  record Written(String file, int line, String step, String parameter, int at) {
    @Override
    public String toString() {
      return file + ":" + line + ": " + step + " " + parameter;
    }

    private Library misspelt() {
      Map<String, String> files = new TreeMap<>(LIBRARY.files());
      List<String> lines = new ArrayList<>(files.getOrDefault(file, "").lines().toList());
      StringBuilder text = new StringBuilder(lines.get(line - 1));
      lines.set(line - 1, text.insert(at + parameter.length(), "x").toString());
      files.put(file, String.join("\n", lines) + "\n");
      return new Library("golden", true, files);
    }
  }

  static Stream<Written> parameters() {
    List<Written> all = new ArrayList<>();
    LIBRARY.files().forEach((file, text) -> find(file, text.lines().toList(), all));
    return all.stream();
  }

  private static void find(String file, List<String> lines, List<Written> all) {
    if (!file.endsWith(".groovy")) {
      return;
    }
    for (int line = 1; line <= lines.size(); line++) {
      String text = lines.get(line - 1);
      for (StepType step : StepCatalogue.jenkins().all()) {
        Matcher call =
            Pattern.compile("(?<![\\w.'])" + step.name() + "[ (](?=\\w+:)").matcher(text);
        while (call.find()) {
          Matcher named = Pattern.compile("(?<!\\w)(\\w+): ").matcher(text);
          named.region(call.end(), text.length());
          while (named.find()) {
            if (step.parameters().contains(named.group(1))
                && isOutermost(text, call.end(), named.start())) {
              all.add(new Written(file, line, step.name(), named.group(1), named.start()));
            }
          }
        }
      }
    }
  }

  /** Whether no bracket was opened in between. */
  private static boolean isOutermost(String text, int from, int to) {
    int open = 0;
    for (int at = from; at < to; at++) {
      open += "([".indexOf(text.charAt(at)) >= 0 ? 1 : ")]".indexOf(text.charAt(at)) >= 0 ? -1 : 0;
      if (open < 0) {
        return false;
      }
    }
    return open == 0;
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void isToldWhereItIsMisspelt(Written written) {
    Library wrong = written.misspelt();
    String told =
        written.step + ": has no parameter '" + written.parameter + "x'; Jenkins would ignore it.";
    Agent first = written.step.equals("bat") ? Agent.windows("win") : Agent.unix("agent");

    assertThat(violations(wrong, first)).anyMatch(violation -> violation.contains(told));
  }

  private static List<String> violations(Library library, Agent agent) {
    return Controller.create()
        .with(library)
        .withAgents(agent)
        .withEnvironment(Map.of("TAG_NAME", "v1"))
        .withCredentials("push", Credentials.usernamePassword("ci", "s3cret-word"))
        .withManagedFile("team", "<settings/>")
        .withShell(new FakeMaven("pass", "orders", "stock"))
        .build(
            Jenkinsfile.of(
                "goldenPipeline(policy: 'p.yaml', to: 'registry.example/release/', jdk: 'J17',"
                    + " maven: 'M3', settings: 'team', credentials: ['registry.example': 'push'],"
                    + " keepBuilds: 5, jdks: ['J17', 'J21'], notify: [always: { told -> echo 'told'"
                    + " }], policyScm: scmGit(branches: [[name: 'main']]))"))
        .violations()
        .stream()
        .map(Violation::toString)
        .toList();
  }

  @Test
  void thereAreMany() {
    assertThat(parameters()).hasSizeGreaterThan(40);
    assertThat(parameters().map(Written::step).distinct())
        .contains("archiveArtifacts", "bat", "input", "junit", "publishHTML", "sh", "timeout");
  }
}
