package io.github.goldenmaven.verify.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.golden.policy.GoldenPolicy.Waiver;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.rules.Rules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reports for people with a hundred images. */
class FleetReportTest {

  private static final GateReport FLEET = FleetReport.of(300);
  private static final String HTML = VerifyHtml.of(FLEET);

  @Test
  void everyVerdictSaysWhatItIsMadeOf() {
    Finding waived =
        Finding.refuse(FleetReport.about("CONFIG_USER"), "another", "root", "there")
            .waived(
                new Waiver(
                    "CONFIG_USER",
                    Digest.of(new byte[0]),
                    LocalDate.parse("2026-12-01"),
                    "shop",
                    "why"));
    Finding warned =
        Finding.refuse(FleetReport.about("CONFIG_USER"), "another", "root", "there")
            .warning("Fix it.");
    ImageReport image =
        new ImageReport(
            "orders",
            null,
            ImageReport.Line.NONE,
            List.of("CONFIG_USER"),
            List.of(waived, waived, warned));
    GateReport report = new GateReport("golden-policy.yaml", FleetReport.AT, List.of(image));

    String summary = "pass (2 waived, 1 warning)";
    assertThat(report.summary()).isEqualTo(summary);
    assertThat(VerifyText.of(report, false)).startsWith("PASS (2 waived, 1 warning)  orders\n");
    assertThat(VerifyText.of(report, false)).endsWith("\ngolden.verdict=pass\n");
    assertThat(VerifyJson.of(report).string("summary")).hasValue(summary);
    assertThat(VerifyJson.of(report).objects("images").get(0).string("summary")).hasValue(summary);
    assertThat(VerifyProperties.of(report))
        .containsEntry("golden.verdict", "pass")
        .containsEntry("golden.summary", summary)
        .containsEntry("golden.image.1.summary", summary);
    assertThat(VerifyJunit.of(report)).contains("<property name=\"summary\" value=\"" + summary);
    assertThat(VerifyHtml.of(report)).contains("<p class=\"summary\">" + summary + "</p>");
  }

  @Test
  void aRunOfSeveralCountsImagesAndFindings() {
    assertThat(FLEET.summary())
        .isEqualTo(
            "refused (300 images: 210 pass, 60 refused, 30 unknown;"
                + " 90 refusals, 30 could not be told, 30 waived, 30 warnings)");
    assertThat(VerifyText.of(FLEET, false)).contains("\n" + FLEET.summary() + "\ngolden.verdict=");
  }

  @Test
  void theTableIsSortedByVerdictAndLeadsToEachImage() {
    List<String> verdicts =
        found(
            "<tr><td><span class=\"badge (\\w+)\">",
            HTML.substring(0, HTML.indexOf("<h2>Rules and images</h2>")));
    assertThat(verdicts).hasSize(300);
    assertThat(verdicts.stream().distinct().toList()).containsExactly("refused", "unknown", "pass");
    assertThat(verdicts).isSortedAccordingTo((a, b) -> order(a) - order(b));
    List<String> ids = found("id=\"([^\"]+)\"", HTML);
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(new HashSet<>(ids)).containsAll(Set.copyOf(found("href=\"#([^\"]+)\"", HTML)));
  }

  @Test
  void whatPassesIsFoldedAndSaysWhichRulesWereLookedAt() {
    assertThat(found("<details class=\"image pass\"[^>]*( open)", HTML)).isEmpty();
    assertThat(found("<details class=\"image (?:refused|unknown)\"[^>]*( open)", HTML)).hasSize(90);
    String pass = HTML.substring(HTML.indexOf("<details class=\"image pass\""));
    assertThat(pass.substring(0, pass.indexOf("</details>")))
        .contains(Rules.about().size() + " rules looked at: <a href=\"#rule-IMAGE_AVAILABLE\">")
        .contains("<a href=\"#rule-CONFIG_USER\">CONFIG_USER</a>");
    assertThat(HTML)
        .contains(
            "<dt id=\"rule-CONFIG_USER\"><code>CONFIG_USER</code></dt><dd>"
                + Markup.of(FleetReport.about("CONFIG_USER").title()));
  }

  @Test
  void rulesAndImagesStandInATableOfLetters() {
    String matrix = HTML.substring(HTML.indexOf("<details class=\"matrix\""));
    matrix = matrix.substring(0, matrix.indexOf("</details>"));

    assertThat(found("<th scope=\"col\"><a href=\"#rule-(\\w+)\">", matrix))
        .isEqualTo(Rules.about().stream().map(RuleInfo::id).toList());
    assertThat(found("(<td class=\"refuse\">R</td>)", matrix)).hasSize(90);
    assertThat(found("(<td class=\"unknown\">\\?</td>)", matrix)).hasSize(30);
    assertThat(found("(<td class=\"waived\">v</td>)", matrix)).hasSize(30);
    assertThat(found("(<td class=\"warn\">w</td>)", matrix)).hasSize(30);
    assertThat(found("(<td>-</td>)", matrix)).hasSize(30 * (Rules.about().size() - 1));
  }

  @Test
  void waiversHaveAnOwnerAndDaysLeftUsedOrNot() {
    assertThat(HTML)
        .contains("<summary><h2>32 waivers</h2></summary>")
        .contains(
            "<li><code>CONFIG_USER</code> <b>ended 4 days ago</b>, until 2026-11-20\n"
                + "<br/>owner billing: ")
        .contains(
            "<li><code>CONFIG_USER</code> <b>6 days left</b>, until 2026-11-30\n"
                + "<br/>owner identity: ")
        .contains(
            "<li><code>CONFIG_USER</code> <b>12 days left</b>, until 2026-12-06\n<br/>owner shop: ")
        .contains("<br/><em>not used in this run</em></li>")
        .contains(
            "<br/>lets through"
                + " <code>registry.company.example/logistics/service-3:1.4.3</code></li>");
    assertThat(VerifyJson.of(FLEET).objects("waivers")).hasSize(32);
    assertThat(VerifyJson.of(FLEET).objects("waivers").get(0).strings("images")).isEmpty();
    assertThat(VerifyJson.of(FLEET).objects("waivers").get(2).strings("images")).hasSize(1);
  }

  @Test
  void ofSeveralPlatformsTheGuiltyOneIsShownAndTheOthersAreFolded() {
    String image = HTML.substring(HTML.indexOf("id=\"image-15\""));
    image = image.substring(0, image.indexOf("<h3>"));

    assertThat(found("(<details class=\"platform\".*)", image))
        .containsExactly(
            "<details class=\"platform\"><summary>linux/arm64, 5 layers</summary>",
            "<details class=\"platform\" open=\"\"><summary>linux/amd64, 6 layers</summary>");
    assertThat(found("<li class=\"(\\w+ guilty)\"><svg", image))
        .containsExactly("application guilty");
  }

  @Test
  void layersAreNamedAndTheGuiltyOneIsMarked() {
    String image = HTML.substring(HTML.indexOf("id=\"image-5\""));
    image = image.substring(0, image.indexOf("</details>"));

    assertThat(found("<li class=\"(\\w+(?: guilty)?)\"><svg", image))
        .containsExactly(
            "application guilty", "application", "golden", "golden", "golden", "golden");
    assertThat(image)
        .containsSubsequence(
            "<b>6</b> application <code>",
            "</code> 4.8 MB classes <strong>UPPER_PLACE</strong>",
            "<b>5</b> application <code>",
            "</code> 5.8 MB libraries</span>",
            "<li class=\"seam\">seam, proven</li>",
            "<b>4</b> golden <code>",
            "</code> 7.3 MB agents</span>");
  }

  @Test
  void theAuditSaysWhenByWhatAndForWhomWithoutCredentials() {
    assertThat(VerifyJson.of(FLEET).stringMap("audit"))
        .containsEntry("at", "2026-11-24T12:00:00Z")
        .containsEntry("policy", "golden-policy.yaml")
        .containsEntry("plugin", "0.1.0")
        .containsEntry("job", "gate/fleet #481")
        .containsKey("policyDigest")
        .doesNotContainKey("user");
    assertThat(VerifyJson.of(FLEET).stringMap("audit"))
        .containsEntry("page", "https://ci.company.example/job/gate/481/");
  }

  @Test
  void onlyTheAuditDiffersBetweenTwoRunsThatSeeTheSame() {
    GateReport later =
        new GateReport(
            FLEET.policy(),
            FLEET.images(),
            FLEET.waivers(),
            new Audit(
                FleetReport.AT.plusSeconds(7200), "golden-policy.yaml", null, MadeBy.UNKNOWN));

    assertThat(VerifyJson.of(later).without("audit"))
        .isEqualTo(VerifyJson.of(FLEET).without("audit"));
    assertThat(VerifyProperties.of(later)).isEqualTo(VerifyProperties.of(FLEET));
  }

  @Test
  void aPageIsBoundedWhateverImagesSay() {
    List<Finding> many =
        Collections.nCopies(
            2000,
            Finding.refuse(
                FleetReport.about("CONFIG_USER"), "x".repeat(9000), "y".repeat(9000), "there"));
    List<ImageReport> images =
        Collections.nCopies(
            3000,
            new ImageReport("orders", null, ImageReport.Line.NONE, List.of("CONFIG_USER"), many));

    String html = VerifyHtml.of(new GateReport("policy", FleetReport.AT, images));

    assertThat(html.length()).isLessThan(20_000_000);
    assertThat(html)
        .contains("1800 more findings are in <code>verify.json</code> and <code>verify.csv</code>.")
        .contains("2000 more images are in <code>verify.json</code> and <code>verify.csv</code>.");
  }

  @Test
  void aHundredImagesAreLessThanAMegabyte() {
    assertThat(VerifyHtml.of(FleetReport.of(100)).length()).isLessThan(1_000_000);
  }

  private static int order(String verdict) {
    return List.of("refused", "unknown", "pass").indexOf(verdict);
  }

  private static List<String> found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
