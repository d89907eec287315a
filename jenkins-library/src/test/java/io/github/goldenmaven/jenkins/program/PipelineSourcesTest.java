package io.github.goldenmaven.jenkins.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.jenkins.Jenkinsfile;
import io.github.goldenmaven.jenkins.Library;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which sources a restart compiles: the compiler numbers its methods anew each time. */
class PipelineSourcesTest {

  private static final String SCRIPT =
      "class Kept%s { static int count }\ndef call() { Kept%1$s.count }";

  @TempDir Path folder;
  private final Set<String> seen = new HashSet<>();
  private PipelineSources sources;

  @BeforeEach
  void aLibraryWithTwoSteps() throws Exception {
    Path vars = Files.createDirectories(folder.resolve("library/vars"));
    Files.writeString(vars.resolve("one.groovy"), "// " + folder + "\n" + SCRIPT.formatted("One"));
    Files.writeString(vars.resolve("two.groovy"), SCRIPT.formatted("Two"));
    sources = sources();
  }

  private PipelineSources sources() throws IOException {
    // A comment of its own, so that no other test's build has compiled it before.
    String unique = "// " + folder + "\n";
    return new PipelineSources(
        Files.createDirectories(folder.resolve("libs")),
        Jenkinsfile.of(unique + SCRIPT.formatted("Here")),
        List.of(Library.folder("team", folder.resolve("library"))),
        true);
  }

  @Test
  void theFirstRestartCompilesEverySourceAgainAndNoLaterOneDoes() {
    assertThat(compiled("one")).containsExactly("WorkflowScript", "one");
    assertThat(compiled("one")).containsExactly("WorkflowScript", "one");
    assertThat(compiled("one")).isEmpty();
    assertThat(compiled("one")).isEmpty();
  }

  @Test
  void aSourceThatIsCalledLateIsCompiledAfterARestartAllTheSame() {
    compiled("one");
    compiled("one");
    assertThat(compiled("two")).containsExactly("two");
    assertThat(compiled("two")).isEmpty();
  }

  @Test
  void anotherBuildOfTheSameSourcesCompilesNoneUntilItsRestart() throws Exception {
    compiled("one");
    sources = sources();

    assertThat(compiled("one")).isEmpty();
    assertThat(compiled("one")).containsExactly("WorkflowScript", "one");
  }

  @Test
  void whatASourceTellsIsToldWhetherOrNotItIsCompiled() {
    for (int restart = 0; restart < 4; restart++) {
      try (PipelineSources.Classes classes = sources.open()) {
        classes.main();
        classes.variable("two");
        assertThat(classes.violations().stream().map(violation -> violation.file()))
            .containsExactlyInAnyOrder("Jenkinsfile", "vars/two.groovy");
      }
    }
  }

  @Test
  void anotherTextOfALibraryIsCompiled() throws Exception {
    for (int restart = 0; restart < 3; restart++) {
      compiled("one");
    }
    Files.writeString(folder.resolve("library/vars/one.groovy"), "def call() { 'changed' }");
    sources = sources();

    assertThat(compiled("one")).containsExactly("WorkflowScript", "one");
  }

  @Test
  void noRestartSharesAClassWithAnother() {
    Class<?> last = null;
    for (int restart = 0; restart < 4; restart++) {
      try (PipelineSources.Classes classes = sources.open()) {
        Class<?> type = Objects.requireNonNull(classes.variable("one"));
        assertThat(type).isNotEqualTo(last);
        assertThat(type.getName()).isEqualTo("one");
        assertThat(classes.compiled(type)).isTrue();
        last = type;
      }
    }
  }

  /** The scripts that the compiler made between two restarts, of those asked for. */
  private List<String> compiled(String step) {
    try (PipelineSources.Classes classes = sources.open()) {
      return Stream.of(classes.main(), Objects.requireNonNull(classes.variable(step)))
          .filter(type -> seen.add(numbered(type)))
          .map(Class::getName)
          .toList();
    }
  }

  private static String numbered(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .map(Method::getName)
        .filter(name -> name.contains("___cps___"))
        .sorted()
        .findFirst()
        .orElseThrow();
  }
}
