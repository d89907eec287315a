package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.verify.finding.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code result.properties} for pipelines: the verdict, and each image's from number 1. */
public final class VerifyProperties {

  private static final String VERDICT = "golden.verdict";

  private static final String SUMMARY = "golden.summary";

  private VerifyProperties() {}

  public static Map<String, String> of(GateReport report) {
    Map<String, String> properties = verdict(report.verdict());
    properties.put(SUMMARY, report.summary());
    int number = 0;
    for (ImageReport image : report.images()) {
      String prefix = "golden.image." + ++number + ".";
      properties.put(prefix + "reference", image.reference());
      image.digest().ifPresent(digest -> properties.put(prefix + "digest", digest.toString()));
      properties.put(prefix + "verdict", image.verdict().word());
      properties.put(prefix + "summary", image.summary());
      String golden = image.lineage().golden();
      if (golden != null) {
        properties.put(prefix + "golden", golden);
      }
    }
    return properties;
  }

  /** Where nothing could be checked at all. */
  public static Map<String, String> verdict(Verdict verdict) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(VERDICT, verdict.word());
    properties.put(VERDICT + ".code", Integer.toString(verdict.code()));
    return properties;
  }
}
