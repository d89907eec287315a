package io.github.goldenmaven.verify.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Argument files, as the gate reads them and as a java launcher does. */
class ArgumentFileTest {

  /** Prints each of its arguments behind its length. */
  public static final class Echo {
    private Echo() {}

    public static void main(String[] words) {
      for (String word : words) {
        System.out.print(word.length() + ":" + word + "|");
      }
    }
  }

  private static final String LETTERS = "  \t\n\r\f\"'\\\\##ab-nt@";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      value = {
        "a b\\tc\\nd, a|b|c|d",
        "a\"b c\"d, ab cd",
        "'a\\\\\\n   b', ab",
        "a\\\\nb, a\\\\nb",
        "# no\\na # no\\nb, a|b",
        "-Dja#no\\nva.home=x, va.home=x",
        "\"-Dja\"#no\\nva.home=x, -Djava.home=x",
        "'a\\nb, a|b",
        "\"\" a, |a"
      })
  void takesWordsAsTheLauncherDoes(String text, String words) {
    assertThat(ArgumentFile.words(unescaped(text)))
        .containsExactly(unescaped(words).split("\\|", -1));
  }

  private static String unescaped(String text) {
    return text.translateEscapes();
  }

  /** Random files; the seed is told where one differs. */
  @Test
  void readsWhatTheLauncherOfThisJvmReads() throws IOException {
    long seed = Long.getLong("golden.seed", 20261201);
    Random random = new Random(seed);
    for (int at = 0; at < 40; at++) {
      StringBuilder text = new StringBuilder("x ".repeat(random.nextInt(5) == 0 ? 2040 : 0));
      for (int letter = random.nextInt(16); letter >= 0; letter--) {
        text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      String words = Echo.class.getName() + " " + text;
      Path file =
          Files.writeString(folder.resolve("arguments"), words, StandardCharsets.ISO_8859_1);
      StringBuilder ours = new StringBuilder();
      List<String> read = ArgumentFile.words(words);
      read.subList(1, read.size())
          .forEach(word -> ours.append(word.length()).append(':').append(word).append('|'));
      assertThat(Command.briefJava().with("@" + file).run())
          .as("seed %d, file %d: %s", seed, at, text)
          .isEqualTo(ours.toString());
    }
  }
}
