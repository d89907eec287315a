package io.github.goldenmaven.mojo;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;

/** Text in letters that the output can show: under {@code LC_ALL=C} a tree is drawn in ASCII. */
final class Letters {

  private static final Map<Character, String> PLAIN =
      Map.of(
          '\u251c', "|", '\u2514', "`", '\u2502', "|", '\u2500', "-", '\u2026', "...", '\u00b7',
          "-", '\u2192', "->");

  private Letters() {}

  static String of(String text) {
    return of(text, output());
  }

  static String of(String text, Charset output) {
    CharsetEncoder encoder = output.newEncoder();
    if (encoder.canEncode(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            letter -> {
              String one = Character.toString(letter);
              shown.append(
                  encoder.canEncode(one)
                      ? one
                      : letter <= Character.MAX_VALUE
                          ? PLAIN.getOrDefault((char) letter, "?")
                          : "?");
            });
    return shown.toString();
  }

  /** Java 19 and later tell; before, standard output has the platform's own. */
  private static Charset output() {
    String named =
        System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
    try {
      return named.isEmpty() ? Charset.defaultCharset() : Charset.forName(named);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Charset.defaultCharset();
    }
  }
}
