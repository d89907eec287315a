package io.github.goldenmaven.bake.jvm;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Options as a JVM reads them from {@code JAVA_TOOL_OPTIONS} and {@code -XX:VMOptionsFile}: white
 * space parts them, quotes of either kind hold it together, and nothing escapes a quote. Read in
 * HotSpot's {@code Arguments::parse_options_buffer}, and tried with JDK 17 and 25.
 */
final class VmOptions {

  private static final Pattern NEEDS_QUOTES = Pattern.compile("[\\s'\"]");
  private static final Pattern RUN = Pattern.compile("'+|[^']+");

  private VmOptions() {}

  /** Whether every quote has its second: a JVM whose variable lacks one does not start. */
  static boolean areClosed(String text) {
    int open = -1;
    for (int c : text.chars().toArray()) {
      if (open < 0 && (c == '\'' || c == '"')) {
        open = c;
      } else if (c == open) {
        open = -1;
      }
    }
    return open < 0;
  }

  /** One option a line. */
  static String lines(List<String> options) {
    StringBuilder text = new StringBuilder();
    options.forEach(option -> text.append(quoted(option)).append('\n'));
    return text.toString();
  }

  /** One option, in quotes where it has to be; what has quotes of both kinds in several. */
  static String quoted(String option) {
    if (!NEEDS_QUOTES.matcher(option).find()) {
      return option;
    }
    StringBuilder text = new StringBuilder();
    Matcher run = RUN.matcher(option);
    while (run.find()) {
      char quote = run.group().charAt(0) == '\'' ? '"' : '\'';
      text.append(quote).append(run.group()).append(quote);
    }
    return text.toString();
  }
}
