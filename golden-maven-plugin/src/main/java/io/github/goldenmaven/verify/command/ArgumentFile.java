package io.github.goldenmaven.verify.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes an argument file apart as the java launcher does, with what it does to a {@code #} within a
 * word: the word's unquoted end is lost, and what was quoted before begins the next word.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html">The java
 *     command, java Command-Line Argument Files</a>
 */
final class ArgumentFile {

  private enum State {
    BETWEEN,
    WORD,
    QUOTE,
    ESCAPE,
    /** A line of a quote goes on in the next one, behind its blanks. */
    NEXT_LINE,
    COMMENT
  }

  private static final String LINES = "\n\r";
  private static final String BLANKS = " \t\f" + LINES;

  /** The launcher reads so much at once, and takes what it has of a word then for safe. */
  private static final int CHUNK = 4096;

  private final List<String> words = new ArrayList<>();

  /** What a {@code #} does not take away any more. */
  private final StringBuilder safe = new StringBuilder();

  private final StringBuilder loose = new StringBuilder();
  private State state = State.BETWEEN;
  private char quote;

  private ArgumentFile() {}

  static List<String> words(String text) {
    ArgumentFile file = new ArgumentFile();
    for (int at = 0; at < text.length(); at++) {
      if (at % CHUNK == 0) {
        file.keep();
      }
      file.read(text.charAt(at));
    }
    file.keep();
    boolean open = file.state == State.WORD || file.state == State.QUOTE;
    if (open && file.safe.length() > 0) {
      file.end();
    }
    return file.words;
  }

  private void read(char c) {
    boolean blank = BLANKS.indexOf(c) >= 0;
    boolean line = LINES.indexOf(c) >= 0;
    switch (state) {
      case BETWEEN, NEXT_LINE -> {
        if (!blank) {
          state = state == State.BETWEEN ? State.WORD : State.QUOTE;
          read(c);
        }
      }
      case ESCAPE -> {
        if (line) {
          state = State.NEXT_LINE;
        } else {
          int known = "nrtf".indexOf(c);
          safe.append(known < 0 ? c : "\n\r\t\f".charAt(known));
          state = State.QUOTE;
        }
      }
      case COMMENT -> state = line ? State.BETWEEN : State.COMMENT;
      case WORD -> plain(c, blank);
      case QUOTE -> quoted(c, line);
    }
  }

  private void plain(char c, boolean blank) {
    if (blank) {
      end();
    } else if (c == '#') {
      loose.setLength(0);
      state = State.COMMENT;
    } else if (c == '"' || c == '\'') {
      keep();
      quote = c;
      state = State.QUOTE;
    } else {
      loose.append(c);
    }
  }

  private void quoted(char c, boolean line) {
    if (line) {
      end();
    } else if (c == '\\') {
      keep();
      state = State.ESCAPE;
    } else if (c == quote) {
      keep();
      state = State.WORD;
    } else {
      loose.append(c);
    }
  }

  private void keep() {
    safe.append(loose);
    loose.setLength(0);
  }

  private void end() {
    keep();
    words.add(safe.toString());
    safe.setLength(0);
    state = State.BETWEEN;
  }
}
