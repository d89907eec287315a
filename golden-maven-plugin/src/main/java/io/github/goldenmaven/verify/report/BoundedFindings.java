package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings as reports show them: of a hundred thousand of one rule the first, and their number. */
public final class BoundedFindings {

  /** Of one rule and severity in one image; layers have fifty of a kind, and the rest as one. */
  private static final int MAX = 60;

  private record Kind(String rule, Severity severity, boolean blocks) {}

  private BoundedFindings() {}

  /** These, at most {@value #MAX} of a kind, with one that tells of the others. */
  public static List<Finding> of(List<Finding> findings) {
    Map<Kind, Integer> counts = new LinkedHashMap<>();
    Map<Kind, Finding> last = new LinkedHashMap<>();
    List<Finding> bounded = new ArrayList<>();
    for (Finding finding : findings) {
      Kind kind = new Kind(finding.rule().id(), finding.severity(), finding.blocks());
      if (counts.merge(kind, 1, Integer::sum) <= MAX) {
        bounded.add(finding);
      } else {
        last.put(kind, finding);
      }
    }
    last.forEach(
        (kind, finding) -> bounded.add(rest(finding, counts.getOrDefault(kind, MAX) - MAX)));
    return bounded;
  }

  private static Finding rest(Finding one, int count) {
    return new Finding(
        one.rule(),
        one.severity(),
        one.expected(),
        "and " + count + " more of its kind",
        one.where(),
        one.remedy(),
        one.effectiveOrNull(),
        one.waiverOrNull());
  }
}
