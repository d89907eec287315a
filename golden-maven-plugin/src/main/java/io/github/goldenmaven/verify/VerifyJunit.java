package io.github.goldenmaven.verify;

import java.util.List;

/**
 * {@code verify.xml}: a test suite for each image, a test case for each rule that was looked at, so
 * that every CI server shows which demand failed since when.
 */
public final class VerifyJunit {

  private VerifyJunit() {}

  public static String of(GateReport report) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuites>\n");
    report.images().forEach(image -> suite(xml, image));
    return xml.append("</testsuites>\n").toString();
  }

  private static void suite(StringBuilder xml, ImageReport image) {
    List<About> rules =
        Rules.about().stream().filter(rule -> image.checked().contains(rule.id())).toList();
    xml.append("  <testsuite name=\"")
        .append(Markup.of(image.reference()))
        .append("\" tests=\"")
        .append(rules.size())
        .append("\" failures=\"")
        .append(count(rules, image, Severity.REFUSE))
        .append("\" errors=\"")
        .append(count(rules, image, Severity.UNKNOWN))
        .append("\" skipped=\"0\" time=\"0\">\n");
    rules.forEach(rule -> test(xml, image, rule));
    xml.append("  </testsuite>\n");
  }

  private static long count(List<About> rules, ImageReport image, Severity severity) {
    return rules.stream().filter(rule -> worst(image, rule) == severity).count();
  }

  /** What a rule came to; warnings and waivers let it pass. */
  private static Severity worst(ImageReport image, About rule) {
    Severity worst = Severity.WARN;
    for (Finding finding : findings(image, rule)) {
      if (finding.blocks() && (worst == Severity.WARN || finding.severity() == Severity.REFUSE)) {
        worst = finding.severity();
      }
    }
    return worst;
  }

  private static List<Finding> findings(ImageReport image, About rule) {
    return image.findings().stream()
        .filter(finding -> finding.rule().id().equals(rule.id()))
        .toList();
  }

  private static void test(StringBuilder xml, ImageReport image, About rule) {
    xml.append("    <testcase classname=\"golden.")
        .append(Markup.of(image.reference()))
        .append("\" name=\"")
        .append(rule.id())
        .append(": ")
        .append(Markup.of(rule.title()))
        .append("\" time=\"0\"");
    List<Finding> findings = findings(image, rule);
    if (findings.isEmpty()) {
      xml.append("/>\n");
      return;
    }
    xml.append(">\n");
    Severity worst = worst(image, rule);
    if (worst != Severity.WARN) {
      String element = worst == Severity.REFUSE ? "failure" : "error";
      xml.append("      <")
          .append(element)
          .append(" type=\"")
          .append(rule.id())
          .append("\" message=\"")
          .append(
              Markup.of(
                  findings.stream()
                      .filter(Finding::blocks)
                      .findFirst()
                      .map(
                          finding ->
                              "expected " + finding.expected() + ", found " + finding.found())
                      .orElse("")))
          .append("\">");
      findings.stream().filter(Finding::blocks).forEach(finding -> told(xml, finding));
      xml.append("</").append(element).append(">\n");
    }
    if (findings.stream().anyMatch(finding -> !finding.blocks())) {
      xml.append("      <system-out>");
      findings.stream().filter(finding -> !finding.blocks()).forEach(finding -> told(xml, finding));
      xml.append("</system-out>\n");
    }
    xml.append("    </testcase>\n");
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
