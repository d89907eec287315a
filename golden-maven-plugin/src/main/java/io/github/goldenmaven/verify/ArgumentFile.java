package io.github.goldenmaven.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes an argument file apart as the java launcher does.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html">The java
 *     command, java Command-Line Argument Files</a>
 */
final class ArgumentFile {

  private static final String BLANKS = " \t\n\r\f";
  private static final String LINES = "\n\r";
  private static final char NONE = 0;

  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int at;
  private boolean begun;
  private char quote = NONE;

  private ArgumentFile(String text) {
    this.text = text;
  }

  /** The words in it. */
  static List<String> words(String text) {
    ArgumentFile file = new ArgumentFile(text);
    for (; file.at < text.length(); file.at++) {
      if (file.quote == NONE) {
        file.plain(text.charAt(file.at));
      } else {
        file.quoted(text.charAt(file.at));
      }
    }
    file.end();
    return file.words;
  }

  private void plain(char c) {
    if (BLANKS.indexOf(c) >= 0) {
      end();
    } else if (c == '"' || c == '\'') {
      quote = c;
      begun = true;
    } else if (c == '#' && !begun) {
      skip(false);
    } else if (c == '\\' && isAhead(LINES)) {
      skip(true);
    } else {
      word.append(c);
      begun = true;
    }
  }

  private void quoted(char c) {
    if (c == quote || LINES.indexOf(c) >= 0) {
      quote = NONE;
    } else if (c == '\\' && isAhead(LINES)) {
      skip(true);
    } else if (c == '\\' && at + 1 < text.length()) {
      char escaped = text.charAt(++at);
      int known = "nrtf".indexOf(escaped);
      word.append(known < 0 ? escaped : "\n\r\t\f".charAt(known));
    } else {
      word.append(c);
    }
  }

  private boolean isAhead(String some) {
    return at + 1 < text.length() && some.indexOf(text.charAt(at + 1)) >= 0;
  }

  /** Goes on behind blanks, or up to the end of the line. */
  private void skip(boolean blanks) {
    while (at + 1 < text.length() && (blanks ? isAhead(BLANKS) : !isAhead(LINES))) {
      at++;
    }
  }

  private void end() {
    if (begun) {
      words.add(word.toString());
    }
    word.setLength(0);
    begun = false;
  }
}
