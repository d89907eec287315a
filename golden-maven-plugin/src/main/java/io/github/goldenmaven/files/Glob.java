package io.github.goldenmaven.files;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A glob in Java's syntax, matched on a path with slashes as text. Java's own matcher wants a path
 * of the running system, which in the C locale holds no name outside ASCII, and regards case on one
 * system and not on another.
 *
 * @see <a
 *     href="https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/nio/file/FileSystem.html#getPathMatcher(java.lang.String)">FileSystem.getPathMatcher</a>
 */
public final class Glob {

  private final String glob;
  private final StringBuilder regex = new StringBuilder();
  private final Pattern pattern;
  private int at;

  private Glob(String glob) {
    this.glob = glob;
    boolean inGroup = false;
    while (at < glob.length()) {
      char c = glob.charAt(at++);
      switch (c) {
        case '*' -> star();
        case '?' -> regex.append("[^/]");
        case '[' -> bracket();
        case '\\' -> literal(next());
        case '{' -> {
          if (inGroup) {
            throw malformed("a group in a group");
          }
          inGroup = true;
          regex.append("(?:(?:");
        }
        case '}' -> {
          regex.append(inGroup ? "))" : "\\}");
          inGroup = false;
        }
        case ',' -> regex.append(inGroup ? ")|(?:" : ",");
        default -> literal(c);
      }
    }
    if (inGroup) {
      throw malformed("no '}'");
    }
    this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /**
   * Reads what a parameter says.
   *
   * @throws RefusedException when it is not a glob
   */
  public static Glob parse(String parameter, String glob) {
    try {
      return new Glob(glob);
    } catch (PatternSyntaxException e) {
      throw new RefusedException(
          "'" + Printable.of(glob) + "' in " + parameter + " is not a file or a glob.",
          "Write a path or a glob like '/app/bin/*.sh' in " + parameter + ".",
          e);
    }
  }

  public boolean matches(String path) {
    return pattern.matcher(path).matches();
  }

  private void star() {
    boolean acrossFolders = at < glob.length() && glob.charAt(at) == '*';
    if (acrossFolders) {
      at++;
    }
    regex.append(acrossFolders ? ".*" : "[^/]*");
  }

  /** One of these characters; in brackets only {@code !} in front and {@code -} between count. */
  private void bracket() {
    regex.append("[[^/]&&[");
    boolean negated = at < glob.length() && glob.charAt(at) == '!';
    if (negated) {
      regex.append('^');
      at++;
    }
    int begin = at;
    boolean mayBeginRange = false;
    for (char c = next(); c != ']'; c = next()) {
      boolean first = at == begin + 1;
      if (c == '/') {
        throw malformed("a '/' in brackets");
      }
      if (c == '-' && !first && !mayBeginRange) {
        throw malformed("a range that begins with nothing");
      }
      if (c == '-' && !first && at < glob.length() && glob.charAt(at) != ']') {
        regex.append('-');
        literal(next());
        mayBeginRange = false;
      } else {
        literal(c);
        // As in Java, these at the very beginning are themselves and begin no range.
        mayBeginRange = !(first && (c == '-' || (c == '^' && !negated)));
      }
    }
    if (at == begin + 1) {
      throw malformed("empty brackets");
    }
    regex.append("]]");
  }

  private char next() {
    if (at == glob.length()) {
      throw malformed("it ends too early");
    }
    return glob.charAt(at++);
  }

  private void literal(char c) {
    if ("\\^$.|?*+()[]{}&-~#".indexOf(c) >= 0) {
      regex.append('\\');
    }
    regex.append(c);
  }

  private PatternSyntaxException malformed(String fault) {
    return new PatternSyntaxException(fault, glob, at);
  }

  @Override
  public String toString() {
    return glob;
  }
}
