package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Severity;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sections of a page, one for each image. */
final class ImageHtml {

  /** Of one image. */
  private static final int MAX_FINDINGS = 200;

  private final Html html;
  private int left;

  /**
   * @param left how many findings may be shown in full, of all images together
   */
  ImageHtml(Html html, int left) {
    this.html = html;
    this.left = left;
  }

  /**
   * One image, folded unless it is to be looked at.
   *
   * @param number from 0, as it was named
   */
  void section(ImageReport image, int number, boolean open) {
    heading(image, number, open);
    image
        .digest()
        .ifPresent(digest -> html.line("<p class=\"digest\"><code>" + digest + "</code></p>"));
    if (!image.lineage().equals(ImageReport.Line.NONE)) {
      lineage(image.lineage());
      LayersHtml.pictures(html, image);
    }
    findings(image);
    html.line(
        "<p class=\"checked\">"
            + Html.count(image.checked().size(), "rule")
            + " looked at: "
            + image.checked().stream()
                .map(id -> "<a href=\"#rule-" + Markup.of(id) + "\">" + Markup.of(id) + "</a>")
                .collect(Collectors.joining(", "))
            + "</p>");
    html.line("<p class=\"back\"><a href=\"#top\">To the top</a></p>");
    html.line("</details>");
  }

  private void heading(ImageReport image, int number, boolean open) {
    html.line(
        "<details class=\"image %s\" id=\"image-%s\"%s>"
            .formatted(image.verdict().word(), number + 1, open ? " open=\"\"" : ""));
    html.line(
        "<summary>%s <h2>%s</h2> <span class=\"tally\">%s</span></summary>"
            .formatted(
                Html.badge(image.verdict().word()),
                Markup.of(image.reference()),
                Markup.of(Tally.of(image.findings()).words())));
  }

  private void findings(ImageReport image) {
    int before = left;
    for (Severity severity : Severity.values()) {
      group(
          heading(severity),
          image.findings().stream()
              .filter(finding -> finding.waiver().isEmpty() && finding.severity() == severity)
              .toList(),
          before);
    }
    group(
        "Waived",
        image.findings().stream().filter(finding -> finding.waiver().isPresent()).toList(),
        before);
    int shown = before - left;
    if (shown < image.findings().size()) {
      html.line(
          "<p>"
              + (image.findings().size() - shown)
              + " more findings are in <code>verify.json</code> and <code>verify.csv</code>.</p>");
    }
  }

  private static String heading(Severity severity) {
    return switch (severity) {
      case REFUSE -> "Refused";
      case UNKNOWN -> "Could not tell";
      case WARN -> "Warnings";
    };
  }

  private void group(String heading, List<Finding> findings, int before) {
    if (findings.isEmpty()) {
      return;
    }
    html.line("<h3>" + heading + ": " + findings.size() + "</h3>");
    for (Finding finding : findings) {
      if (left > 0 && before - left < MAX_FINDINGS) {
        left--;
        finding(finding);
      }
    }
  }

  /** Drawn, and said in words for those who hear the page. */
  private void lineage(ImageReport.Line line) {
    String seam =
        line.proven() ? "proven by " + line.goldenLayers() + " layers" : "claimed, not proven";
    html.line("<ol class=\"lineage\">");
    ancestor("official", "official image", line.official(), null);
    ancestor("golden", "golden image", line.golden(), null);
    if (line.application() != null) {
      ancestor("application", "application image", line.application(), seam);
    }
    html.line("</ol>");
  }

  private void ancestor(String kind, String title, @Nullable String name, @Nullable String seam) {
    html.line(
        "<li class=\"%s\"><b>%s</b> %s%s</li>"
            .formatted(
                kind,
                title,
                Html.code(name == null ? "not known" : name),
                seam == null ? "" : " <em>" + seam + "</em>"));
  }

  private void finding(Finding finding) {
    html.line("<article class=\"finding " + finding.standing() + "\">");
    html.line(
        "<h4>%s %s %s</h4>"
            .formatted(
                Html.badge(finding.standing()),
                Markup.of(finding.rule().title()),
                Html.code(finding.rule().id())));
    html.line("<dl>");
    html.term("Where", finding.where());
    html.term("Expected", finding.expected());
    html.term("Found", finding.found());
    html.term("Remedy", finding.remedy());
    finding.effective().ifPresent(day -> html.term("Refuses from", day.toString()));
    finding
        .waiver()
        .ifPresent(
            waiver ->
                html.term(
                    "Waived",
                    "by " + waiver.owner() + " until " + waiver.until() + ": " + waiver.reason()));
    html.term("Waivable", finding.rule().waivable() ? "yes, by the policy" : "no");
    html.line("</dl>");
    html.line("<p class=\"why\">" + Markup.of(finding.rule().why()) + "</p>");
    html.line("</article>");
  }
}
