package io.github.goldenmaven.verify.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.golden.policy.GoldenPolicy.Waiver;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.rules.GoldenAllowed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ReportsTest {

  private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
  private static final RuleInfo RULE = GoldenAllowed.ABOUT;
  private static final String NAME = "registry.company.example/shop/orders:1.4.2";

  @Test
  void theConsoleTellsLineageAndFindingsAndEndsWithTheVerdict() {
    assertThat(VerifyText.of(report("registry.company.example/mine/java:21"), false))
        .isEqualTo(
            """
            REFUSED (1 refusal, 1 waived)  registry.company.example/shop/orders:1.4.2
              sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa

              official     docker.io/library/eclipse-temurin:21-jre
                 |
              golden       registry.company.example/mine/java:21
                 |  claimed, not proven
              application  registry.company.example/shop/orders:1.4.2

              refuse  GOLDEN_ALLOWED: The golden image must be one of the company's
                where:    registry.company.example/shop/orders:1.4.2
                expected: one of ours
                found:    registry.company.example/mine/java:21
                remedy:   Build the image on a golden image of the policy, in <base> or with -Dgolden.base.

              waived  GOLDEN_ALLOWED: The golden image must be one of the company's
                where:    there
                expected: this
                found:    that
                remedy:   Build the image on a golden image of the policy, in <base> or with -Dgolden.base.
                waived by platform until 2026-12-31: moving

            golden.verdict=refused
            """);
  }

  @Test
  void propertiesTellEachImageFromNumberOne() {
    assertThat(VerifyProperties.of(report("golden")))
        .containsEntry("golden.verdict", "refused")
        .containsEntry("golden.verdict.code", "1")
        .containsEntry("golden.summary", "refused (1 refusal, 1 waived)")
        .containsEntry("golden.image.1.summary", "refused (1 refusal, 1 waived)")
        .containsEntry("golden.image.1.reference", NAME)
        .containsEntry("golden.image.1.digest", DIGEST.toString())
        .containsEntry("golden.image.1.verdict", "refused")
        .containsEntry("golden.image.1.golden", "golden");
  }

  @Test
  void anImageThatPassesIsOneTestCaseOfTheSameNameInEveryBuild() {
    for (String reference :
        List.of(NAME, NAME + "@" + DIGEST, "registry:5000/shop/orders:2.0", "h.x/shop/orders")) {
      assertThat(VerifyJunit.of(passing(reference)))
          .isEqualTo(
              """
              <?xml version="1.0" encoding="UTF-8"?>
              <testsuites>
                <testsuite name="shop/orders" tests="1" failures="0" errors="0" skipped="0" time="0">
                  <properties>
                    <property name="summary" value="pass"/>
                    <property name="digest" value="sha256:%s"/>
                    <property name="audit.at" value="2026-11-24T12:00:00Z"/>
                    <property name="audit.policy" value="golden-policy.yaml"/>
                  </properties>
                  <testcase classname="golden.shop/orders" name="Golden gate" time="0"/>
                  <system-out>%s: pass, 1 rules looked at</system-out>
                </testsuite>
              </testsuites>
              """
                  .formatted("a".repeat(64), reference));
    }
  }

  @Test
  void testCasesAreNamedWithoutDotsAndApart() {
    assertThat(
            ReportNames.of(
                List.of(
                    "r.example/a.team/my.service:1",
                    "oci:/var/jenkins/workspace/shop@2/orders/target/golden/image:latest",
                    "oci:/var/jenkins/workspace/shop@2/target/golden/image@" + DIGEST,
                    "docker-daemon:orders:1",
                    "r.example/fleet:1.4",
                    "r.example/fleet@" + DIGEST,
                    "other.example/fleet:1.4",
                    "no reference. at all")))
        .containsExactly(
            "a_team/my_service",
            "orders",
            "shop",
            "library/orders",
            "fleet 1_4",
            "fleet aaaaaaaaaaaa",
            "fleet 1_4 2",
            "no reference_ at all");
  }

  @Test
  void onlyTheRulesThatBlockAreTestCasesOfAnImageThatDoesNotPass() throws Exception {
    Document junit = xml(VerifyJunit.of(report("golden")));

    assertThat(junit.getElementsByTagName("testcase").getLength()).isEqualTo(1);
    Element test = (Element) junit.getElementsByTagName("testcase").item(0);
    assertThat(test.getAttribute("classname")).isEqualTo("golden.shop/orders");
    assertThat(test.getAttribute("name"))
        .isEqualTo("GOLDEN_ALLOWED: The golden image must be one of the company's");
    assertThat(junit.getElementsByTagName("system-out").item(0).getTextContent())
        .startsWith(
            NAME
                + ": refused (1 refusal, 1 waived), 1 rules looked at\n\n"
                + "GOLDEN_ALLOWED\n"
                + "where:    there\n")
        .endsWith("waived by platform until 2026-12-31: moving");
  }

  @Test
  void thePageNamesThePolicyByItsName() {
    GateReport report =
        new GateReport(
            "/var/jenkins/workspace/orders@tmp/policy/golden-policy.yaml",
            Instant.parse("2026-11-24T12:00:00Z"),
            report("golden").images());
    assertThat(VerifyHtml.of(report))
        .contains("<dt>Looked at</dt><dd>2026-11-24T12:00:00Z</dd>")
        .contains("<dt>Checked against</dt><dd>golden-policy.yaml</dd>");
  }

  @Property(tries = 200)
  void aGoalThatFailsLeavesAPageAndATestCase(@ForAll String hostile) throws Exception {
    GoalFailure failure =
        new GoalFailure(
            "golden:build",
            "my.service",
            Verdict.REFUSED,
            hostile,
            "Do " + hostile,
            new Audit(
                Instant.parse("2026-11-24T12:00:00Z"),
                null,
                null,
                new MadeBy("0.1.0", hostile, null, "anna")));

    Document junit = xml(failure.junit());
    Element test = (Element) junit.getElementsByTagName("testcase").item(0);
    assertThat(test.getAttribute("classname")).isEqualTo("golden.my_service");
    assertThat(test.getAttribute("name")).isEqualTo("golden:build");
    assertThat(junit.getElementsByTagName("failure").getLength()).isEqualTo(1);
    assertThat(
            xml(
                failure
                    .html()
                    .replace("<!DOCTYPE html>\n", "")
                    .replaceAll("<(meta|link)([^>]*)>", "<$1$2/>")))
        .isNotNull();
    assertThat(failure.html()).contains("<dt>For</dt><dd>anna</dd>");
    assertThat(failure.junit()).contains("<property name=\"audit.user\" value=\"anna\"/>");
    assertThat(failure.json().object("audit").orElseThrow().string("at"))
        .hasValue("2026-11-24T12:00:00Z");
    assertThat(failure.json().object("failure").orElseThrow().string("problem")).hasValue(hostile);
    JsonObject run = failure.sarif().objects("runs").get(0);
    assertThat(run.object("properties").orElseThrow().object("audit")).isPresent();
    assertThat(run.objects("results")).isEmpty();
    assertThat(failure.properties())
        .containsEntry("golden.verdict", "refused")
        .containsEntry("golden.problem", hostile);
  }

  @Test
  void jsonHasTheDocumentedForm() {
    JsonObject image = VerifyJson.of(report("golden")).objects("images").get(0);

    assertThat(VerifyJson.of(report("golden")).string("verdict")).hasValue("refused");
    assertThat(image.string("reference")).hasValue(NAME);
    assertThat(image.objects("findings").get(0).fields().keySet())
        .containsExactlyInAnyOrder(
            "id", "title", "severity", "expected", "found", "where", "remedy", "waivable");
    assertThat(image.objects("findings").get(1).object("waived").orElseThrow().string("owner"))
        .hasValue("platform");
  }

  @Property(tries = 200)
  void whateverAnImageSaysEveryReportStaysWhole(@ForAll String hostile) throws Exception {
    GateReport report = report(hostile);

    Element suite = (Element) xml(VerifyJunit.of(report)).getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
    StrictJson.read("json", bytes(VerifySarif.of(report).toPrettyString()));
    StrictJson.read("json", bytes(VerifyJson.of(report).toPrettyString()));
    String html = VerifyHtml.of(report);
    assertThat(html).doesNotContain("<script").doesNotContain("style=");
    assertThat(
            xml(
                html.replace("<!DOCTYPE html>\n", "")
                    .replaceAll("<(meta|link)([^>]*)>", "<$1$2/>")))
        .isNotNull();
    assertThat(VerifyText.of(report, false).codePoints().filter(c -> c < ' ' && c != '\n'))
        .isEmpty();
    assertThat(VerifyText.of(report, false).lines().filter("golden.verdict=pass"::equals))
        .isEmpty();
  }

  @Test
  void aRefusalOutweighsWhatCouldNotBeTold() {
    assertThat(Verdict.of(List.of(Verdict.PASS, Verdict.UNKNOWN))).isEqualTo(Verdict.UNKNOWN);
    assertThat(Verdict.of(List.of(Verdict.UNKNOWN, Verdict.REFUSED))).isEqualTo(Verdict.REFUSED);
    assertThat(Verdict.of(List.of(Verdict.PASS))).isEqualTo(Verdict.PASS);
  }

  private static GateReport passing(String reference) {
    return new GateReport(
        "golden-policy.yaml",
        Instant.parse("2026-11-24T12:00:00Z"),
        List.of(
            new ImageReport(
                reference, DIGEST, ImageReport.Line.NONE, List.of(RULE.id()), List.of())));
  }

  private static GateReport report(String foreign) {
    Finding refused = Finding.refuse(RULE, "one of ours", foreign, NAME);
    Finding waived =
        Finding.refuse(RULE, "this", "that", "there")
            .waived(
                new Waiver(RULE.id(), DIGEST, LocalDate.parse("2026-12-31"), "platform", "moving"));
    return new GateReport(
        "golden-policy.yaml",
        Instant.parse("2026-11-24T12:00:00Z"),
        List.of(
            new ImageReport(
                NAME,
                DIGEST,
                new ImageReport.Line(
                    "docker.io/library/eclipse-temurin:21-jre",
                    foreign,
                    NAME,
                    false,
                    layers(foreign)),
                List.of(RULE.id()),
                List.of(refused, waived))));
  }

  private static List<ImageReport.Stack> layers(String foreign) {
    return List.of(
        new ImageReport.Stack(
            "linux/amd64", 0, List.of(new ImageReport.Layer(DIGEST, 1024, foreign))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Document xml(String text) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return Objects.requireNonNull(
        factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes(text))));
  }
}
