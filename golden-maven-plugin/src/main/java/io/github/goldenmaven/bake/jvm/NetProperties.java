package io.github.goldenmaven.bake.jvm;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * A properties file in which some values are set and every other byte stays as it is.
 *
 * @see <a
 *     href="https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)">Properties.load,
 *     the grammar</a>
 */
final class NetProperties {

  private static final String WHITE_SPACE = " \t\f";

  private final List<String> lines = new ArrayList<>();
  private final boolean unfinished;

  private NetProperties(String text) {
    int at = 0;
    boolean continued = false;
    while (at < text.length()) {
      int begin = at;
      continued = false;
      boolean comment = isComment(text, at);
      do {
        int end = lineEnd(text, at);
        // A blank line never goes on, and one that begins as a comment does not either.
        continued = !comment && backslashes(text, at, end) % 2 == 1;
        at = next(text, end);
      } while (continued && at < text.length());
      lines.add(text.substring(begin, at));
    }
    this.unfinished = continued;
  }

  /**
   * The file with these values.
   *
   * @param values of printable ASCII without backslashes, in the order in which new ones are added
   * @param remark a comment line above what is added
   */
  static byte[] with(byte[] file, Map<String, String> values, String remark) {
    NetProperties properties = new NetProperties(new String(file, StandardCharsets.ISO_8859_1));
    return properties.with(values, remark).getBytes(StandardCharsets.ISO_8859_1);
  }

  private String with(Map<String, String> values, String remark) {
    Map<String, String> left = new LinkedHashMap<>(values);
    // Of a key that is there twice the last one counts.
    for (int i = lines.size() - 1; i >= 0; i--) {
      String line = lines.get(i);
      String key = key(line);
      String value = left.remove(key);
      if (value != null) {
        lines.set(i, key + "=" + value + ending(line));
      }
    }
    StringBuilder text = new StringBuilder(String.join("", lines));
    if (!left.isEmpty()) {
      String last = ending(text.toString());
      // A line feed after a carriage return would be part of the line that ends there.
      String newLine = text.indexOf("\r\n") >= 0 ? "\r\n" : last.equals("\r") ? "\r" : "\n";
      if (text.length() > 0 && last.isEmpty()) {
        text.append(newLine);
      }

      text.append(unfinished ? newLine : "").append(remark).append(newLine);
      left.forEach((key, value) -> text.append(key + "=" + value).append(newLine));
    }
    return text.toString();
  }

  /** The key that a whole line sets; empty where it sets none. */
  private static String key(String line) {
    Properties one = new Properties();
    try {
      one.load(new StringReader(line));
    } catch (IOException | IllegalArgumentException e) {
      return ""; // A malformed escape: it is nobody's key.
    }
    Set<String> keys = one.stringPropertyNames();
    return keys.isEmpty() ? "" : keys.iterator().next();
  }

  private static boolean isComment(String text, int from) {
    int at = from;
    while (at < text.length() && WHITE_SPACE.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() && (text.charAt(at) == '#' || text.charAt(at) == '!');
  }

  private static int lineEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private static int next(String text, int lineEnd) {
    return text.startsWith("\r\n", lineEnd) ? lineEnd + 2 : Math.min(lineEnd + 1, text.length());
  }

  private static int backslashes(String text, int from, int end) {
    int at = end;
    while (at > from && text.charAt(at - 1) == '\\') {
      at--;
    }
    return end - at;
  }

  private static String ending(String line) {
    return line.endsWith("\r\n")
        ? "\r\n"
        : line.endsWith("\n") ? "\n" : line.endsWith("\r") ? "\r" : "";
  }
}
