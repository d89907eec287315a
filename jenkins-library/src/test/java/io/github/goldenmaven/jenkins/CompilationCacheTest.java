package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What earlier builds compiled changes nothing of what a later one is told. */
class CompilationCacheTest {

  /** Keeps an object of a class that has no file of its own over a step. */
  private static final String KEPT =
      "def part = made()\n"
          + "echo 'a'\n"
          + "echo part.name\n"
          + "@NonCPS def made() { this.class.classLoader.loadClass('Helper').newInstance().part()"
          + " }";

  @TempDir Path folder;

  @BeforeEach
  void aClassThatStandsInAnothersFile() throws IOException {
    write(
        "src/Helper.groovy",
        "// "
            + folder
            + "\n"
            + "class Helper implements Serializable {\n"
            + "  static int count\n"
            + "  @NonCPS Object part() { new Part() }\n"
            + "}\n"
            + "class Part implements Serializable { String name = 'x' }\n");
    write("vars/one.groovy", "def call() {\n  echo new Helper().part().name\n}");
    write("vars/two.groovy", "def call() {\n  echo new Part().name\n}");
    write("vars/three.groovy", "def call() {\n  echo new Helper().part().name\n}");
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), text);
  }

  private Build build(String script, Restarts restarts) {
    return build(Library.folder("team", folder), script, restarts);
  }

  private Build build(Library library, String script, Restarts restarts) {
    return Controller.create()
        .with(library)
        .withRestarts(restarts)
        .build(Jenkinsfile.of("@Library('team') _\n" + script));
  }

  @Test
  void aClassThatIsGoneAfterARestartIsGoneInEveryBuild() {
    for (int build = 0; build < 4; build++) {
      assertThat(build(KEPT, Restarts.NONE).result()).isEqualTo("SUCCESS");
      assertThat(build(KEPT, Restarts.EVERY).error())
          .contains("the program's class 'Part' is gone");
    }
  }

  @Test
  void aSourceThatNamesWhatJenkinsCannotFindIsRefusedInEveryBuild() {
    for (int build = 0; build < 4; build++) {
      build("one()", Restarts.EVERY);
      assertThat(build("two()", Restarts.EVERY).error().orElseThrow())
          .contains("unable to resolve class Part");
    }
  }

  @Test
  void aViolationOfASharedSourceIsToldInEveryBuild() {
    for (int build = 0; build < 4; build++) {
      build("one()", Restarts.EVERY);
      assertThat(build("three()", Restarts.EVERY).violations())
          .extracting(Violation::toString)
          .containsExactly(
              "src/Helper.groovy:3: the static field 'count' is lost at a restart and shared by"
                  + " every build. Pass the value as an argument and return it.");
    }
  }

  @Test
  void aStaticFieldBeginsAnewAtEachRestartOfEachBuild() throws IOException {
    write(
        "src/Counter.groovy",
        "// "
            + folder
            + "\nclass Counter {\n  static int count\n"
            + "  @NonCPS static int next() { ++count }\n}\n");
    write(
        "vars/count.groovy",
        "def call() {\n  echo \"at ${Counter.next()}\"\n  echo \"at ${Counter.next()}\"\n}");
    for (int build = 0; build < 4; build++) {
      assertThat(build(Library.global("team", folder), "count()", Restarts.EVERY).log())
          .containsSubsequence("at 1", "at 1")
          .doesNotContain("at 2");
    }
  }
}
