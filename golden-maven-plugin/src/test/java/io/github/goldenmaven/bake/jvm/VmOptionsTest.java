package io.github.goldenmaven.bake.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read by a real JVM, this one. */
class VmOptionsTest {

  /** A program of one file, which the launcher compiles itself. */
  private static final String PRINTER =
      """
      public class Printer {
        public static void main(String[] arguments) throws Exception {
          System.getProperties().storeToXML(System.out, null, "UTF-8");
        }
      }
      """;

  private static final List<String> VALUES =
      List.of(
          "plain",
          "a b",
          " around ",
          "it's",
          "\"quoted\"",
          "it's \"both\" and '' \"\"",
          "'",
          "back\\slash \\n",
          "#no comment",
          "a=b:c,d;e",
          "$HOME `x` *",
          "");

  @TempDir private Path folder;

  @Test
  void aJvmReadsEveryValueAsItWasWritten() throws Exception {
    List<String> options =
        IntStream.range(0, VALUES.size()).mapToObj(i -> "-Dv" + i + "=" + VALUES.get(i)).toList();

    Properties read = started(VmOptions.lines(options), "-Dfront=1 ");

    for (int i = 0; i < VALUES.size(); i++) {
      assertThat(read.getProperty("v" + i)).isEqualTo(VALUES.get(i));
    }
    assertThat(read.getProperty("front")).isEqualTo("1");
  }

  @Test
  void aJvmStartsWithAnEmptyFile() throws Exception {
    assertThat(started(VmOptions.lines(List.of()), "")).containsKey("java.home");
  }

  @Test
  void whatNeedsNoQuotesHasNone() {
    assertThat(VmOptions.lines(List.of("-javaagent:/opt/golden/agents/a.jar=9404:/m", "-Da=b c")))
        .isEqualTo("-javaagent:/opt/golden/agents/a.jar=9404:/m\n'-Da=b c'\n");
  }

  @Property
  void quotesComeOffAgain(@ForAll("options") String option) {
    assertThat(unquoted(VmOptions.quoted(option))).isEqualTo(option);
  }

  @Provide
  Arbitrary<String> options() {
    return Arbitraries.strings().withChars("ab '\"\\=").ofMaxLength(12).map(text -> "-D" + text);
  }

  /** As HotSpot reads one option. */
  private static String unquoted(String text) {
    StringBuilder option = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      assertThat(Character.isWhitespace(c)).as("white space outside quotes").isFalse();
      if (c != '\'' && c != '"') {
        option.append(c);
        continue;
      }
      int end = text.indexOf(c, at);
      option.append(text, at, end);
      at = end + 1;
    }
    return option.toString();
  }

  private Properties started(String lines, String front) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("jvm.options"), lines);
    Path printer = Files.writeString(folder.resolve("Printer.java"), PRINTER);
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder = new ProcessBuilder(java.toString(), printer.toString());
    builder.environment().putAll(Map.of(BakedAgents.VARIABLE, front + "-XX:VMOptionsFile=" + file));
    Path out = folder.resolve("out.xml");
    Path err = folder.resolve("err.txt");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(err, StandardCharsets.UTF_8)).isZero();
    Properties properties = new Properties();
    try (var in = Files.newInputStream(out)) {
      properties.loadFromXML(in);
    }
    return properties;
  }
}
