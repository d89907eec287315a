package io.github.goldenmaven.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code verify.html} and the style sheet beside it: static, without script and inline style, so
 * that it shows under Jenkins' content security policy; light and dark as the reader likes.
 */
public final class VerifyHtml {

  /** The style sheet's name, in the same folder. */
  public static final String CSS = "verify.css";

  private final StringBuilder html = new StringBuilder();

  private VerifyHtml() {}

  public static String of(GateReport report) {
    VerifyHtml page = new VerifyHtml();
    page.page(report);
    return page.html.toString();
  }

  /** The style sheet. */
  public static String css() {
    try (InputStream in = Objects.requireNonNull(VerifyHtml.class.getResourceAsStream(CSS), CSS)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String of(GoalFailure failure) {
    VerifyHtml page = new VerifyHtml();
    page.head(failure.verdict());
    page.line("<h1>" + badge(failure.verdict()) + " " + Markup.of(failure.subject()) + "</h1>");
    page.line("<p>By <code>" + Markup.of(failure.goal()) + "</code>.</p>");
    page.line("</header>");
    page.line("<main>");
    page.line("<article class=\"finding refuse\">");
    page.line("<dl>");
    page.term("Problem", failure.problem());
    page.term("Remedy", failure.remedy());
    page.line("</dl>");
    page.line("</article>");
    page.foot();
    return page.html.toString();
  }

  private void page(GateReport report) {
    head(report.verdict());
    line("<h1>" + badge(report.verdict()) + " " + headline(report) + "</h1>");
    line("<p>Held to <code>" + policy(report) + "</code> at " + report.at() + ".</p>");
    line("</header>");
    line("<main>");
    report.images().forEach(this::image);
    foot();
  }

  /** By its name: which folder of which agent it lay in says nothing to a reader. */
  private static String policy(GateReport report) {
    String path = report.policy();
    return Markup.of(path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));
  }

  private void head(Verdict verdict) {
    line("<!DOCTYPE html>");
    line("<html lang=\"en\">");
    line("<head>");
    line("<meta charset=\"utf-8\">");
    line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    line("<title>" + verdict.word() + ": Golden Maven</title>");
    line("<link rel=\"stylesheet\" href=\"" + CSS + "\">");
    line("</head>");
    line("<body>");
    line("<header>");
  }

  private void foot() {
    line("</main>");
    line("</body>");
    line("</html>");
  }

  private static String headline(GateReport report) {
    int images = report.images().size();
    return images == 1 ? "1 image" : images + " images";
  }

  private static String badge(Verdict verdict) {
    return "<span class=\"badge " + verdict.word() + "\">" + verdict.word() + "</span>";
  }

  private void image(ImageReport image) {
    line("<section class=\"image " + image.verdict().word() + "\">");
    line("<h2>" + badge(image.verdict()) + " " + Markup.of(image.reference()) + "</h2>");
    image.digest().ifPresent(digest -> line("<p class=\"digest\"><code>" + digest + "</code></p>"));
    lineage(image.lineage());
    for (Severity severity : Severity.values()) {
      group(
          heading(severity),
          image.findings().stream()
              .filter(finding -> finding.waiver().isEmpty() && finding.severity() == severity)
              .toList());
    }
    group(
        "Waived",
        image.findings().stream().filter(finding -> finding.waiver().isPresent()).toList());
    line("<p class=\"checked\">" + image.checked().size() + " rules looked at.</p>");
    line("</section>");
  }

  private static String heading(Severity severity) {
    return switch (severity) {
      case REFUSE -> "Refused";
      case UNKNOWN -> "Could not tell";
      case WARN -> "Warnings";
    };
  }

  private void group(String heading, List<Finding> findings) {
    if (!findings.isEmpty()) {
      line("<h3>" + heading + ": " + findings.size() + "</h3>");
      findings.forEach(this::finding);
    }
  }

  /** Drawn, and said in words for those who hear the page. */
  private void lineage(ImageReport.Line line) {
    if (line.equals(ImageReport.Line.NONE)) {
      return;
    }
    String seam =
        line.proven()
            ? "proven by " + line.goldenLayers() + " of " + line.layers() + " layers"
            : "claimed, not proven";
    line("<ol class=\"lineage\">");
    ancestor("official", "official image", line.official(), null);
    ancestor("golden", "golden image", line.golden(), null);
    if (line.application() != null) {
      ancestor("application", "application image", line.application(), seam);
    }
    line("</ol>");
    picture(line);
  }

  private void ancestor(String kind, String title, @Nullable String name, @Nullable String seam) {
    line(
        "<li class=\""
            + kind
            + "\"><b>"
            + title
            + "</b> <code>"
            + (name == null ? "not known" : Markup.of(name))
            + "</code>"
            + (seam == null ? "" : " <em>" + seam + "</em>")
            + "</li>");
  }

  /** The layers as blocks, the golden's below the seam. */
  private void picture(ImageReport.Line line) {
    int shown = Math.min(line.layers(), 24);
    int golden = Math.min(line.goldenLayers(), shown);
    int height = 16 * shown + 24;
    line(
        String.format(
            Locale.ROOT,
            "<svg class=\"layers\" role=\"img\" viewBox=\"0 0 320 %d\" width=\"320\""
                + " height=\"%d\">",
            height,
            height));
    line(
        "<title>"
            + line.layers()
            + " layers, "
            + line.goldenLayers()
            + " of them proven to be the golden image's</title>");
    for (int at = 0; at < shown; at++) {
      int y = height - 18 - 16 * at;
      line(
          String.format(
              Locale.ROOT,
              "<rect class=\"%s\" x=\"8\" y=\"%d\" width=\"180\" height=\"12\" rx=\"3\"/>",
              at < golden ? "golden" : line.proven() ? "application" : "unproven",
              y));
    }
    if (line.proven() && golden < shown) {
      int y = height - 18 - 16 * golden + 14;
      line(
          String.format(
              Locale.ROOT,
              "<line class=\"seam\" x1=\"0\" y1=\"%d\" x2=\"200\" y2=\"%d\"/>"
                  + "<text x=\"206\" y=\"%d\">seam, proven</text>",
              y,
              y,
              y + 4));
    }
    line("</svg>");
  }

  private void finding(Finding finding) {
    String standing = finding.waiver().isPresent() ? "waived" : finding.severity().word();
    line("<article class=\"finding " + standing + "\">");
    line(
        "<h4><span class=\"badge "
            + standing
            + "\">"
            + standing
            + "</span> "
            + Markup.of(finding.rule().title())
            + " <code>"
            + finding.rule().id()
            + "</code></h4>");
    line("<dl>");
    term("Where", finding.where());
    term("Expected", finding.expected());
    term("Found", finding.found());
    term("Remedy", finding.remedy());
    finding.effective().ifPresent(day -> term("Refuses from", day.toString()));
    finding
        .waiver()
        .ifPresent(
            waiver ->
                term(
                    "Waived",
                    "by " + waiver.owner() + " until " + waiver.until() + ": " + waiver.reason()));
    term("Waivable", finding.rule().waivable() ? "yes, by the policy" : "no");
    line("</dl>");
    line("<p class=\"why\">" + Markup.of(finding.rule().why()) + "</p>");
    line("</article>");
  }

  private void term(String name, String text) {
    line("<dt>" + name + "</dt><dd>" + Markup.of(text) + "</dd>");
  }

  private void line(String line) {
    html.append(line).append('\n');
  }
}
