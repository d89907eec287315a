package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.golden.policy.GoldenPolicy.Waiver;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.report.GateReport.WaiverUse;
import io.github.goldenmaven.verify.rules.Rules;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a page says of many images at once: a table, rules and images, waivers, the rules. */
final class OverviewHtml {

  /** Rules named in one row. */
  private static final int NAMED = 4;

  /** Waivers and images of one that are shown. */
  private static final int MAX = 500;

  private final Html html;
  private final GateReport report;
  private final List<Integer> shown;

  /**
   * @param shown numbers of the images, in the order of the page
   */
  OverviewHtml(Html html, GateReport report, List<Integer> shown) {
    this.html = html;
    this.report = report;
    this.shown = shown;
  }

  /** An image a row, each leading to its section; then rules and images. */
  void table() {
    html.line("<h2>Images</h2>");
    scrolled("Images");
    html.line("<table class=\"images\">");
    html.line(
        "<thead><tr><th scope=\"col\">Verdict</th><th scope=\"col\">Image</th>"
            + "<th scope=\"col\">Findings</th></tr></thead>");
    html.line("<tbody>");
    for (int number : shown) {
      ImageReport image = report.images().get(number);
      html.line(
          "<tr><td>%s</td><th scope=\"row\">%s</th><td>%s</td></tr>"
              .formatted(Html.badge(image.verdict().word()), link(number, image), findings(image)));
    }
    html.line("</tbody></table></div>");
    matrix();
  }

  private static String link(int number, ImageReport image) {
    return "<a href=\"#image-" + (number + 1) + "\">" + Markup.of(image.reference()) + "</a>";
  }

  private static String findings(ImageReport image) {
    List<String> rules =
        image.findings().stream()
            .filter(Finding::blocks)
            .map(finding -> finding.rule().id())
            .distinct()
            .toList();
    String named =
        rules.stream().limit(NAMED).map(Html::code).collect(Collectors.joining(" "))
            + (rules.size() > NAMED ? " and " + (rules.size() - NAMED) + " more" : "");
    return Markup.of(Tally.of(image.findings()).words()) + (named.isEmpty() ? "" : " " + named);
  }

  private void matrix() {
    List<RuleInfo> rules = looked(report);
    html.line("<details class=\"matrix\" open=\"\">");
    html.line("<summary><h2>Rules and images</h2></summary>");
    html.line(
        "<p class=\"legend\"><span><b class=\"refuse\">R</b> refused</span> <span><b"
            + " class=\"unknown\">?</b> could not tell</span> <span><b class=\"warn\">w</b>"
            + " warned</span> <span><b class=\"waived\">v</b> waived</span> <span><b"
            + " class=\"met\">&#183;</b> met</span> <span><b>-</b> not looked at</span></p>");
    scrolled("Rules and images");
    html.line("<table>");
    html.line("<thead><tr><td></td>");
    for (RuleInfo rule : rules) {
      html.line("<th scope=\"col\"><a href=\"#rule-" + rule.id() + "\">" + rule.id() + "</a></th>");
    }
    html.line("</tr></thead>");
    html.line("<tbody>");
    shown.forEach(number -> row(number, report.images().get(number), rules));
    html.line("</tbody></table></div></details>");
  }

  private void row(int number, ImageReport image, List<RuleInfo> rules) {
    StringBuilder row = new StringBuilder("<tr><th scope=\"row\">" + link(number, image) + "</th>");
    Set<String> checked = Set.copyOf(image.checked());
    for (RuleInfo rule : rules) {
      row.append(cell(image, rule.id(), checked.contains(rule.id())));
    }
    html.line(row.append("</tr>").toString());
  }

  /** The worst of what was found, in a letter, so that it is told without colours. */
  private static String cell(ImageReport image, String rule, boolean checked) {
    Set<String> standings =
        image.findings().stream()
            .filter(finding -> finding.rule().id().equals(rule))
            .map(Finding::standing)
            .collect(Collectors.toSet());
    if (standings.contains("refuse")) {
      return "<td class=\"refuse\">R</td>";
    }
    if (standings.contains("unknown")) {
      return "<td class=\"unknown\">?</td>";
    }
    if (standings.contains("warn")) {
      return "<td class=\"warn\">w</td>";
    }
    return standings.contains("waived")
        ? "<td class=\"waived\">v</td>"
        : checked ? "<td class=\"met\">&#183;</td>" : "<td>-</td>";
  }

  /** The rules that were looked at in one of the images or found something. */
  private static List<RuleInfo> looked(GateReport report) {
    Set<String> ids = new TreeSet<>();
    for (ImageReport image : report.images()) {
      ids.addAll(image.checked());
      image.findings().forEach(finding -> ids.add(finding.rule().id()));
    }
    return Rules.about().stream().filter(rule -> ids.contains(rule.id())).toList();
  }

  /** Can be reached and moved with the keyboard too. */
  private void scrolled(String label) {
    html.line("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"" + label + "\">");
  }

  /** What the policy lets through, whom, how long, and what nobody needs. */
  static void waivers(Html html, List<WaiverUse> uses) {
    if (uses.isEmpty()) {
      return;
    }
    html.line("<details class=\"waivers\" open=\"\">");
    html.line("<summary><h2>" + Html.count(uses.size(), "waiver") + "</h2></summary>");
    html.line("<ul>");
    uses.stream().limit(MAX).forEach(use -> waiver(html, use));
    html.line("</ul>");
    if (uses.size() > MAX) {
      html.line("<p>" + (uses.size() - MAX) + " more are in <code>verify.json</code>.</p>");
    }
    html.line("</details>");
  }

  private static void waiver(Html html, WaiverUse use) {
    Waiver waiver = use.waiver();
    String time = time(use.daysLeft());
    html.line("<li>" + Html.code(waiver.rule()) + " <b>" + time + "</b>, until " + waiver.until());
    html.line("<br/>owner " + Markup.of(waiver.owner()) + ": " + Markup.of(waiver.reason()));
    html.line("<br/>" + Html.code(waiver.digest().toString()));
    html.line("<br/>" + used(use) + "</li>");
  }

  private static String used(WaiverUse use) {
    if (use.images().isEmpty()) {
      return "<em>not used in this run</em>";
    }
    int named = Math.min(use.images().size(), NAMED);
    return "lets through "
        + use.images().subList(0, named).stream().map(Html::code).collect(Collectors.joining(" "))
        + (use.images().size() > named ? " and " + (use.images().size() - named) + " more" : "");
  }

  private static String time(long daysLeft) {
    if (daysLeft < 0) {
      return "ended " + Html.count(-daysLeft, "day") + " ago";
    }
    return daysLeft == 0 ? "ends today" : Html.count(daysLeft, "day") + " left";
  }

  /** What each rule demands, where the ids of the page lead to. */
  static void rules(Html html, GateReport report) {
    html.line("<details class=\"rules\">");
    html.line("<summary><h2>Rules</h2></summary>");
    html.line("<dl>");
    for (RuleInfo rule : looked(report)) {
      html.line(
          "<dt id=\"rule-%s\"><code>%s</code></dt><dd>%s</dd>"
              .formatted(rule.id(), rule.id(), Markup.of(rule.title())));
    }
    html.line("</dl></details>");
  }
}
