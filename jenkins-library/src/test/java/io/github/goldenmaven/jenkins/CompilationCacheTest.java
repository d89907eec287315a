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

  private static final String PURSE_FIRST =
      """
      import Purse
      def purse = new Purse()
      echo 'a'
      echo purse.tell('x')
      echo purse.tell('y')
      """;

  private static final String COIN_FIRST =
      """
      import Coin
      import Purse
      def coin = new Coin()
      echo 'a'
      echo 'b'
      def purse = new Purse()
      echo purse.tell(coin) + purse.take(coin)
      echo purse.tell(coin) + purse.take(coin)
      """;

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

  /** Another source than the class's own may change it: the class's own text does not tell. */
  @Test
  void aMethodThatAnotherSourceAddedIsGoneAfterARestartInEveryBuild() throws IOException {
    write(
        "src/Plain.groovy",
        "// " + folder + "\nclass Plain implements Serializable { String name = 'x' }\n");
    String script =
        "import Plain\nteach()\necho new Plain().loud()\necho new Plain().loud()\n"
            + "@NonCPS def teach() { Plain.metaClass.loud = { -> 'X' } }";
    for (int build = 0; build < 4; build++) {
      assertThat(build(Library.global("team", folder), script, Restarts.EVERY).error().orElse(""))
          .as("build " + build)
          .contains("No signature of method: Plain.loud()");
    }
  }

  /** What one build adds to a class is not there in the next. */
  @Test
  void aMethodThatOneBuildAddedIsNotInTheNext() throws IOException {
    write(
        "src/Plain.groovy",
        "// " + folder + "\nclass Plain implements Serializable { String name = 'x' }\n");
    Library team = Library.global("team", folder);
    String asks = "import Plain\necho 'a'\necho new Plain().loud()\n";
    String teaches = "import Plain\necho 'a'\nPlain.metaClass.loud = { -> 'X' }\necho 'b'\n";
    for (int build = 0; build < 3; build++) {
      build(team, teaches, Restarts.EVERY);
      assertThat(build(team, asks, Restarts.EVERY).error().orElse(""))
          .as("build " + build)
          .contains("No signature of method: Plain.loud()");
    }
  }

  /** Only a signature names the class that keeps a state. */
  @Test
  void aClassWhoseFieldIsOfAClassWithAStateIsThereAfterEachRestart() throws IOException {
    write(
        "src/Tally.groovy",
        "// "
            + folder
            + "\nclass Tally implements Serializable {\n  static int count\n"
            + "  @NonCPS static int next() { ++count }\n}\n");
    write("src/Holder.groovy", "class Holder implements Serializable { Tally tally }\n");
    String script =
        """
        import Tally
        import Holder
        def tally = new Tally()
        echo 'a'
        def holder = new Holder(tally: tally)
        echo 'b'
        echo "at ${holder.tally.next()}"
        echo "at ${holder.tally.next()}"
        """;
    for (int build = 0; build < 4; build++) {
      Build built = build(Library.global("team", folder), script, Restarts.EVERY);
      assertThat(built.error()).as("build " + build).isEmpty();
      assertThat(built.log()).isEqualTo("a\nb\nat 1\nat 1\n");
    }
  }

  /** A class may be compiled beside the one that names it, or before it by itself. */
  @Test
  void aClassIsTheSameWhicheverSourceLoadedItFirst() throws IOException {
    write(
        "src/Coin.groovy",
        "// " + folder + "\nclass Coin implements Serializable { int worth = 1 }\n");
    write(
        "src/Purse.groovy",
        """
        class Purse implements Serializable {
          @NonCPS String tell(Object it) { it instanceof Coin ? 'coin' : 'other' }
          @NonCPS String take(Coin coin) { 'took ' + coin.worth }
        }
        """);
    Library team = Library.global("team", folder);
    for (int build = 0; build < 4; build++) {
      assertThat(build(team, PURSE_FIRST, Restarts.EVERY).log()).isEqualTo("a\nother\nother\n");
      Build built = build(team, COIN_FIRST, Restarts.EVERY);
      assertThat(built.error()).as("build " + build).isEmpty();
      assertThat(built.log()).isEqualTo("a\nb\ncointook 1\ncointook 1\n");
    }
  }
}
