package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.verify.finding.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * How many findings there are of each standing.
 *
 * @param unknown what could not be told
 */
record Tally(long refusals, long unknown, long waived, long warnings) {

  static Tally of(List<Finding> findings) {
    return new Tally(
        count(findings, "refuse"),
        count(findings, "unknown"),
        count(findings, "waived"),
        count(findings, "warn"));
  }

  private static long count(List<Finding> findings, String standing) {
    return findings.stream().filter(finding -> finding.standing().equals(standing)).count();
  }

  /** {@code 2 waived, 1 warning}; empty where there is none of any. */
  String words() {
    List<String> words = new ArrayList<>();
    say(words, refusals, refusals == 1 ? "refusal" : "refusals");
    say(words, unknown, "could not be told");
    say(words, waived, "waived");
    say(words, warnings, warnings == 1 ? "warning" : "warnings");
    return String.join(", ", words);
  }

  private static void say(List<String> words, long count, String what) {
    if (count > 0) {
      words.add(count + " " + what);
    }
  }
}
