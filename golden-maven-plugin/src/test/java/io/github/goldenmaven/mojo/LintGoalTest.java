package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.golden.definition.Starter;
import io.github.goldenmaven.mojo.golden.LintMojo;
import io.github.goldenmaven.mojo.service.ReadProject;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** golden:init and golden:lint: what is begun with, and what is said of it. */
class LintGoalTest {

  private static final String LEAST =
      """
      name: java
      version: "21.0.9"
      line: "21"
      from: docker.io/library/eclipse-temurin:21-jre
      to: registry.company.example/golden/java
      """;

  @TempDir private Path folder;

  @Test
  void whatInitWritesIsRightAsItIs() throws Exception {
    assertThat(new Starter(folder, "1.2.3").write(false))
        .containsExactly(
            "Wrote 'golden.yaml'",
            "Wrote 'golden-policy.yaml'",
            "Wrote 'golden-parent.xml'",
            "Wrote 'schema/golden.schema.json'",
            "Wrote 'schema/golden-policy.schema.json'");

    assertThatCode(this::lint).doesNotThrowAnyException();
    assertThat(folder.resolve("golden-parent.xml")).content().contains("<version>1.2.3</version>");
    for (String name : new String[] {"golden", "golden-policy"}) {
      String first = Files.readAllLines(folder.resolve(name + ".yaml")).get(0);
      Matcher schema = Pattern.compile("# yaml-language-server: \\$schema=(\\S+)").matcher(first);
      assertThat(schema.matches()).as(first).isTrue();
      assertThat(folder.resolve(schema.group(1)))
          .hasSameTextualContentAs(Path.of("..", "docs", "schema").resolve(name + ".schema.json"));
    }
  }

  @Test
  void initTouchesNothingThatIsThere() throws Exception {
    Files.writeString(folder.resolve("golden.yaml"), "mine");

    assertThat(new Starter(folder, "1").write(true))
        .startsWith("'golden.yaml' is there already and stays as it is")
        .contains("Dry run: would write 'golden-policy.yaml'");
    assertThat(folder.resolve("golden-policy.yaml")).doesNotExist();
    new Starter(folder, "1").write(false);
    assertThat(new Starter(folder, "1").write(false))
        .allMatch(told -> told.endsWith("is there already and stays as it is"));
    assertThat(folder.resolve("golden.yaml")).hasContent("mine");
  }

  /** The comments are the examples that people uncomment. */
  @Test
  void eachCommentOfTheDefinitionIsRightWhenItIsUncommented() throws Exception {
    new Starter(folder, "1").write(false);
    Path file = folder.resolve("golden.yaml");
    String uncommented = Files.readString(file).replaceAll("(?m)^# (?=[a-zA-Z]+:|  )", "");
    Files.writeString(file, uncommented);
    Files.createDirectories(folder.resolve("certs"));
    Files.createDirectories(folder.resolve("tools"));
    Files.writeString(folder.resolve("tools/scan.sh"), "x");
    Files.writeString(folder.resolve("security-policy.json"), "{}");

    assertThatThrownBy(this::lint)
        .hasMessageContaining("'certs/*.pem' matches no file.")
        .message()
        .doesNotContain("things are wrong");
  }

  @Test
  void saysAllThatIsWrongWithBothFilesAtOnce() throws Exception {
    definition(
        LEAST
            + """
            certificates: [certs/*.pem]
            files: [{from: nowhere, into: /x}]
            labels: {io.github.goldenmaven.role: application}
            """);
    policy(
        """
        golden: [registry.company.example/golden/*]
        official: [mcr.microsoft.com/*]
        effective: {CONFIG_USR: 2027-01-01}
        """);

    assertThatThrownBy(this::lint)
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            """
            4 things are wrong:
              golden-policy.yaml:3:13  the rule 'CONFIG_USR' is not known.
                  Did you mean 'CONFIG_USER'?
              golden.yaml:6:16  'certs/*.pem' matches no file.
                  Fix the glob, or put the files there; it starts at the folder of golden.yaml, and '**' goes through folders.
              golden.yaml:7:16  'nowhere' does not exist.
                  Name a file or a folder that does; a relative path starts at the folder of golden.yaml.
              golden.yaml:8:10  the label 'io.github.goldenmaven.role' is stamped by this plugin.
                  Leave it out, or take a key of the company's domain: 'com.company.team'.
            Correct them all, and run it again.\
            """);
  }

  @Test
  void saysWhichWaiversHaveNoEndInSight() throws Exception {
    policy(
        """
        golden: [registry.company.example/golden/*]
        waivers:
        - rule: CONFIG_USER
          digest: "sha256:%s"
          until: 2099-12-31
          owner: shop
          reason: moving
        """
            .formatted("1".repeat(64)));

    assertThatThrownBy(this::lint)
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            "In '%s', line 5, column 10: the waiver ends on 2099-12-31, more than two years from"
                + " now. Write a day until %s, and look at it again then: a waiver is for a time.",
            folder.resolve("golden-policy.yaml"), LocalDate.now(ZoneOffset.UTC).plusYears(2));
  }

  @Test
  void saysWhichFoldersCannotBeGivenToServices() throws Exception {
    definition(LEAST + "application: {paths: [/usr, /srv/apps, /etc/ssl/certs]}\n");

    assertThatThrownBy(this::lint)
        .hasMessageContaining("golden.yaml:6:23  ")
        .hasMessageContaining("golden.yaml:6:40  ");
  }

  @Test
  void oneOfTheTwoFilesIsEnough() throws Exception {
    policy("golden: [registry.company.example/golden/*]\n");
    assertThatCode(this::lint).doesNotThrowAnyException();
    Files.delete(folder.resolve("golden-policy.yaml"));
    assertThatThrownBy(this::lint)
        .hasMessage(
            "The file '%s' does not exist. Name an existing file in <definition> or"
                + " -Dgolden.definition.",
            folder.resolve("golden.yaml"));
  }

  private void definition(String yaml) throws IOException {
    Files.writeString(folder.resolve("golden.yaml"), yaml, StandardCharsets.UTF_8);
  }

  private void policy(String yaml) throws IOException {
    Files.writeString(folder.resolve("golden-policy.yaml"), yaml, StandardCharsets.UTF_8);
  }

  private void lint() throws Exception {
    LintMojo goal = new LintMojo();
    set(goal, "session", ReadProject.session(folder, new Properties()));
    set(goal, "version", "1");
    set(goal, "definition", new File(folder.resolve("golden.yaml").toString()));
    set(goal, "outputDirectory", folder.resolve("results").toFile());
    goal.execute();
  }

  private static void set(Object goal, String parameter, Object value) throws Exception {
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
