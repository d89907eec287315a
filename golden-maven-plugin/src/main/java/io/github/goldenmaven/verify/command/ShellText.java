package io.github.goldenmaven.verify.command;

import io.github.goldenmaven.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a shell. One plain command, of words and quotes and no more, can be read; all else is
 * a script, of which only single words can be looked at.
 */
public record ShellText(String text) {

  private static final String SPECIAL = "$`\\;&|<>()*?[]{}~#!\n\r\0";

  /** After which a shell does what cannot be told from the words. */
  private static final Set<String> BUILTINS =
      Set.of(
          """
          . : alias bg bind break builtin caller cd command compgen complete continue
          declare dirs disown enable eval exit export fc getopts hash help history jobs
          let local logout mapfile popd pushd read readarray readonly return set shift
          shopt source test times trap type typeset ulimit umask unalias unset wait
          """
              .split("\\s+"));

  /** Which do no more than a program would. */
  private static final Set<String> HARMLESS =
      Set.of("[", "echo", "exec", "false", "fg", "kill", "printf", "pwd", "true");

  private static final Set<String> KEYWORDS =
      Set.of("if", "for", "while", "until", "case", "select", "function", "time", "coproc");

  /** Where a word of a script ends. */
  private static final Pattern BETWEEN = Pattern.compile("[\\s\"'`;&|()<>{}]+");

  private static final Pattern QUOTING = Pattern.compile("[\"'\\\\]");

  private static final int MAX_OPTIONS = 100_000;

  private static final Pattern OPTION = Pattern.compile("-[^\\s\"'`;&|()<>]+");

  /**
   * The words of a single plain command, quotes taken away.
   *
   * @return empty where it is a script
   */
  Optional<List<String>> words() {
    Words words = new Words();
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char at = text.charAt(i);
      if (quote != 0) {
        if (at == quote) {
          quote = 0;
        } else if (quote == '"' && "$`\\!".indexOf(at) >= 0) {
          return Optional.empty();
        } else {
          words.append(at);
        }
      } else if (at == '\'' || at == '"') {
        quote = at;
        words.begun = true;
      } else if (at == ' ' || at == '\t') {
        words.end();
      } else if (SPECIAL.indexOf(at) >= 0) {
        return Optional.empty();
      } else {
        words.append(at);
      }
    }
    words.end();
    return quote == 0 && words.isProgram() ? Optional.of(words.all) : Optional.empty();
  }

  /** The words of a command so far, and the one that has begun: it may be empty, as in ''. */
  private static final class Words {
    private final List<String> all = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;

    void append(char letter) {
      word.append(letter);
      begun = true;
    }

    void end() {
      if (begun) {
        all.add(word.toString());
      }
      word.setLength(0);
      begun = false;
    }

    boolean isProgram() {
      return !all.isEmpty() && !BUILTINS.contains(all.get(0)) && !KEYWORDS.contains(all.get(0));
    }
  }

  /** Whether a shell does it itself, so that no file is started. */
  static boolean isBuiltIn(String word) {
    return BUILTINS.contains(word) || HARMLESS.contains(word);
  }

  /** What could be a word, wherever quotes and separators are. */
  public List<String> pieces() {
    return BETWEEN.splitAsStream(text).filter(piece -> !piece.isEmpty()).toList();
  }

  /** What could be a word once quotes and backslashes are gone. */
  ShellText unquoted() {
    return new ShellText(QUOTING.matcher(text).replaceAll(""));
  }

  /**
   * What could be an option, in the middle of a word too, with quotes and backslashes and without.
   *
   * @throws RefusedException when there are more than anybody writes
   */
  Set<String> options() {
    Set<String> options = new LinkedHashSet<>();
    options(options);
    unquoted().options(options);
    return options;
  }

  private void options(Set<String> options) {
    for (String piece : pieces()) {
      for (int at = piece.indexOf('-'); at >= 0; at = piece.indexOf("-", at + 1)) {
        // Of a row of dashes the last two can begin an option.
        if (piece.startsWith("---", at)) {
          continue;
        }
        Matcher option = OPTION.matcher(piece.substring(at, Math.min(piece.length(), at + 512)));
        if (option.lookingAt() && options.add(option.group()) && options.size() > MAX_OPTIONS) {
          throw new RefusedException(
              "A command or variable has more than " + MAX_OPTIONS + " options.",
              "Have the image built again with fewer: no honest one needs so many.");
        }
      }
    }
  }
}
