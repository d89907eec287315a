package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.verify.finding.Finding;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code verify.csv} for spreadsheets: a finding a row, an image without one a row of its own. What
 * a spreadsheet would take for a formula begins with an apostrophe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
public final class VerifyCsv {

  private static final int SHOWN = 2000;

  private static final List<String> HEAD =
      List.of(
          ("image digest verdict rule title standing where expected "
                  + "found remedy effective owner until reason")
              .split(" ", -1));

  /**
   * Where a cell begins, here or for a reader of another separator, and a formula with it; the wide
   * signs are formulas to some.
   */
  private static final Pattern FORMULA =
      Pattern.compile("(^|[;,|\"])([\\s\\p{Z}]*)(?=[-=+@\\uFF0D\\uFF1D\\uFF0B\\uFF20])");

  private VerifyCsv() {}

  /** Rows that end with CR and LF, the first with the columns' names; images as they were named. */
  public static String of(GateReport report) {
    StringBuilder csv = new StringBuilder();
    row(csv, HEAD);
    for (ImageReport image : report.images()) {
      if (image.findings().isEmpty()) {
        row(csv, cells(image, List.of("", "", "", "", "", "", "", "", "", "", "")));
      }
      image.findings().forEach(finding -> row(csv, cells(image, cells(finding))));
    }
    return csv.toString();
  }

  private static List<String> cells(ImageReport image, List<String> finding) {
    return Stream.concat(
            Stream.of(
                image.reference(),
                image.digest().map(Object::toString).orElse(""),
                image.verdict().word()),
            finding.stream())
        .toList();
  }

  private static List<String> cells(Finding finding) {
    return List.of(
        finding.rule().id(),
        finding.rule().title(),
        finding.standing(),
        finding.where(),
        finding.expected(),
        finding.found(),
        finding.remedy(),
        finding.effective().map(Object::toString).orElse(""),
        finding.waiver().map(waiver -> waiver.owner()).orElse(""),
        finding.waiver().map(waiver -> waiver.until().toString()).orElse(""),
        finding.waiver().map(waiver -> waiver.reason()).orElse(""));
  }

  private static void row(StringBuilder csv, List<String> cells) {
    csv.append(cells.stream().map(VerifyCsv::cell).collect(Collectors.joining(","))).append("\r\n");
  }

  /** Always between quotes, one line, bounded. */
  private static String cell(String foreign) {
    String harmless = FORMULA.matcher(Printable.of(foreign, SHOWN)).replaceAll("$1$2'");
    return '"' + harmless.replace("\"", "\"\"") + '"';
  }
}
