package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.mojo.golden.BakeMojo;
import io.github.goldenmaven.mojo.service.ReadProject;
import java.io.File;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** golden:bake with its parameters as Maven sets them. */
@SuppressWarnings("NullAway.Init")
class BakeGoalTest {

  @TempDir private Path folder;
  private Path definition;

  @BeforeEach
  void define() throws Exception {
    definition = folder.resolve("golden.yaml");
    Files.writeString(
        definition,
        "name: java\nversion: '21.0.9'\nline: '21'\nfrom: oci:official:21\nto: oci:golden\n");
  }

  @ParameterizedTest
  @CsvSource({
    "'', The golden image's date is blank.",
    "' ', The golden image's date is blank.",
    "yesterday, The golden image's date 'yesterday' is not a time after 1970 and before 10000.",
    "2999-01-01T00:00:00Z, The golden image's date '2999-01-01T00:00:00Z' is still to come.",
  })
  void refusesADateThatIsNone(String created, String problem) {
    assertThatThrownBy(() -> bake(created, new Properties()))
        .isInstanceOf(MojoFailureException.class)
        .hasMessageStartingWith(problem + " Write one like '")
        .hasMessageEndingWith(
            "', or seconds since 1970, into <created> or -Dgolden.created, or leave it out.");
  }

  /** A pipeline's variable was empty: Maven itself takes that for nothing. */
  @Test
  void refusesABlankDateThatMavenDropped() {
    Properties typed = new Properties();
    typed.setProperty("golden.created", "");

    assertThatThrownBy(() -> bake(null, typed))
        .hasMessageStartingWith("The golden image's date is blank. Write one like '");
  }

  @Test
  void readsTheOutputTimestampOnlyWithoutADateOfItsOwn() {
    Properties typed = new Properties();
    typed.setProperty("project.build.outputTimestamp", "never");

    assertThatThrownBy(() -> bake(null, typed))
        .hasMessageStartingWith("The output timestamp 'never' is not a time from 1970 to 9999.");
    assertThatThrownBy(() -> bake("2026-11-23T00:00:00Z", typed))
        .hasMessageContaining("The official image 'oci:");
  }

  private void bake(@Nullable String created, Properties typed) throws Exception {
    BakeMojo goal = new BakeMojo();
    MavenSession session = ReadProject.session(folder, typed);
    set(goal, "session", session);
    set(goal, "project", new MavenProject());
    set(goal, "version", "1");
    set(goal, "definition", new File(definition.toString()));
    set(goal, "outputDirectory", folder.resolve("results").toFile());
    set(goal, "cache", folder.resolve("cache").toFile());
    set(goal, "created", created);
    goal.execute();
  }

  private static void set(Object goal, String parameter, @Nullable Object value) throws Exception {
    for (Class<?> type = goal.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(parameter)) {
          field.setAccessible(true);
          field.set(goal, value);
          return;
        }
      }
    }
    throw new IllegalArgumentException(parameter);
  }
}
