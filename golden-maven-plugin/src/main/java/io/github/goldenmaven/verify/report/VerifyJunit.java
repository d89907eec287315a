package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.finding.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code verify.xml}: a test suite for each image. One that passes is one test case, so that the
 * project's own tests are not lost among rules; else each rule that blocks is one, so that every CI
 * server shows which demand failed since when.
 */
public final class VerifyJunit {

  private static final String PASSED = "Golden gate";

  private VerifyJunit() {}

  public static String of(GateReport report) {
    List<String> names =
        ReportNames.of(report.images().stream().map(ImageReport::reference).toList());
    StringBuilder xml = new StringBuilder(JunitText.BEGIN);
    for (int at = 0; at < names.size(); at++) {
      suite(xml, names.get(at), report.images().get(at), report.audit());
    }
    return xml.append(JunitText.END).toString();
  }

  private static void suite(StringBuilder xml, String name, ImageReport image, Audit audit) {
    List<RuleInfo> blocking =
        image.findings().stream().filter(Finding::blocks).map(Finding::rule).distinct().toList();
    long failures = blocking.stream().filter(rule -> refuses(image, rule)).count();
    JunitText.suite(xml, name, Math.max(1, blocking.size()), failures, blocking.size() - failures);
    Map<String, String> given = new LinkedHashMap<>();
    given.put("summary", image.summary());
    image.digest().ifPresent(digest -> given.put("digest", digest.toString()));
    JunitText.properties(xml, audit, given);
    if (blocking.isEmpty()) {
      JunitText.testcase(xml, name, PASSED);
      xml.append("/>\n");
    }
    blocking.forEach(rule -> test(xml, name, image, rule));
    output(xml, image);
    xml.append("  </testsuite>\n");
  }

  private static boolean refuses(ImageReport image, RuleInfo rule) {
    return findings(image, rule).stream()
        .anyMatch(finding -> finding.severity() == Severity.REFUSE);
  }

  private static List<Finding> findings(ImageReport image, RuleInfo rule) {
    return image.findings().stream()
        .filter(finding -> finding.blocks() && finding.rule().id().equals(rule.id()))
        .toList();
  }

  private static void test(StringBuilder xml, String name, ImageReport image, RuleInfo rule) {
    List<Finding> findings = findings(image, rule);
    Finding first = findings.get(0);
    JunitText.testcase(xml, name, rule.id() + ": " + rule.title());
    xml.append(">\n");
    StringBuilder told = new StringBuilder();
    findings.forEach(finding -> told(told, finding));
    JunitText.problem(
        xml,
        refuses(image, rule),
        rule.id(),
        "expected " + first.expected() + ", found " + first.found(),
        told.toString());
    xml.append("    </testcase>\n");
  }

  /** What was looked at, and what did not block. */
  private static void output(StringBuilder xml, ImageReport image) {
    xml.append(
        "    <system-out>%s: %s, %s rules looked at"
            .formatted(Markup.of(image.reference()), image.summary(), image.checked().size()));
    image.findings().stream()
        .filter(finding -> !finding.blocks())
        .forEach(
            finding -> {
              xml.append("\n\n").append(finding.rule().id());
              told(xml, finding);
            });
    xml.append("</system-out>\n");
  }

  private static void told(StringBuilder xml, Finding finding) {
    line(xml, "where:    ", finding.where());
    line(xml, "expected: ", finding.expected());
    line(xml, "found:    ", finding.found());
    line(xml, "remedy:   ", finding.remedy());
    finding.effective().ifPresent(day -> line(xml, "refuses from ", day.toString()));
    finding
        .waiver()
        .ifPresent(
            waiver ->
                line(
                    xml,
                    "waived by ",
                    waiver.owner() + " until " + waiver.until() + ": " + waiver.reason()));
  }

  private static void line(StringBuilder xml, String what, String text) {
    xml.append('\n').append(what).append(Markup.of(text));
  }
}
