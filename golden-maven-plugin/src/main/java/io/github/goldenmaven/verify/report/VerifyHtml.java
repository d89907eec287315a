package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.verify.finding.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * {@code verify.html} and the style sheet beside it: static, without script and inline style, so
 * that it shows under Jenkins' content security policy; light and dark as the reader likes. Bounded
 * whatever images say: what is left out is counted, and {@code verify.json} has it.
 */
public final class VerifyHtml {

  /** The style sheet's name, in the same folder. */
  public static final String CSS = "verify.css";

  /** As many images as a browser shows at once without pain. */
  private static final int MAX_IMAGES = 1000;

  /** Findings shown in full, of all images together. */
  private static final int MAX_FINDINGS = 3000;

  /** What blocks first. */
  private static final List<Verdict> ORDER =
      List.of(Verdict.MISCONFIGURED, Verdict.REFUSED, Verdict.UNKNOWN, Verdict.PASS);

  /** The keys of {@link Audit#entries} in words. */
  private static final Map<String, String> WORDS =
      Map.of(
          "at", "Looked at",
          "policy", "Checked against",
          "policyDigest", "Policy's digest",
          "plugin", "Golden Maven",
          "job", "Job",
          "page", "Job's page",
          "user", "For");

  private VerifyHtml() {}

  public static String of(GateReport report) {
    Html html = new Html();
    head(html, report.verdict());
    header(html, report);
    html.line("<main>");
    List<Integer> order = order(report.images());
    List<Integer> shown = order.subList(0, Math.min(order.size(), MAX_IMAGES));
    if (report.images().size() > 1) {
      new OverviewHtml(html, report, shown).table();
    }
    OverviewHtml.waivers(html, report.waiverUses());
    images(html, report, shown);
    foot(html);
    return html.toString();
  }

  private static void images(Html html, GateReport report, List<Integer> shown) {
    ImageHtml image = new ImageHtml(html, MAX_FINDINGS);
    for (int number : shown) {
      image.section(
          report.images().get(number),
          number,
          report.images().size() == 1 || report.images().get(number).verdict() != Verdict.PASS);
    }
    if (shown.size() < report.images().size()) {
      html.line(
          "<p>"
              + (report.images().size() - shown.size())
              + " more images are in <code>verify.json</code> and <code>verify.csv</code>.</p>");
    }
    OverviewHtml.rules(html, report);
  }

  /** Numbers of the images: the worst in front, then by name. */
  private static List<Integer> order(List<ImageReport> images) {
    return IntStream.range(0, images.size())
        .boxed()
        .sorted(
            Comparator.comparing((Integer at) -> ORDER.indexOf(images.get(at).verdict()))
                .thenComparing(at -> images.get(at).reference()))
        .toList();
  }

  public static String css() {
    try (InputStream in = Objects.requireNonNull(VerifyHtml.class.getResourceAsStream(CSS), CSS)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String of(GoalFailure failure) {
    Html html = new Html();
    head(html, failure.verdict());
    html.line(
        "<h1>%s %s</h1>"
            .formatted(Html.badge(failure.verdict().word()), Markup.of(failure.subject())));
    html.line("<p>By " + Html.code(failure.goal()) + ".</p>");
    audit(html, failure.audit());
    html.line("</header>");
    html.line("<main>");
    html.line("<article class=\"finding refuse\">");
    html.line("<dl>");
    html.term("Problem", failure.problem());
    html.term("Remedy", failure.remedy());
    html.line("</dl>");
    html.line("</article>");
    foot(html);
    return html.toString();
  }

  private static void header(Html html, GateReport report) {
    html.line(
        "<h1>%s %s</h1>"
            .formatted(
                Html.badge(report.verdict().word()), Html.count(report.images().size(), "image")));
    html.line("<p class=\"summary\">" + Markup.of(report.summary()) + "</p>");
    audit(html, report.audit());
    html.line("</header>");
  }

  private static void audit(Html html, Audit audit) {
    html.line("<dl class=\"audit\">");
    audit.entries().forEach((key, value) -> html.term(WORDS.getOrDefault(key, key), value));
    html.line("</dl>");
  }

  private static void head(Html html, Verdict verdict) {
    html.line("<!DOCTYPE html>");
    html.line("<html lang=\"en\">");
    html.line("<head>");
    html.line("<meta charset=\"utf-8\">");
    html.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    html.line("<title>" + verdict.word() + ": Golden Maven</title>");
    html.line("<link rel=\"stylesheet\" href=\"" + CSS + "\">");
    html.line("</head>");
    html.line("<body id=\"top\">");
    html.line("<header>");
  }

  private static void foot(Html html) {
    html.line("</main>");
    html.line("</body>");
    html.line("</html>");
  }
}
