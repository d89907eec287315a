package io.github.goldenmaven.verify.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.goldenmaven.golden.policy.GoldenPolicy.Waiver;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.rules.GoldenAllowed;
import io.github.goldenmaven.verify.rules.image.ImageAvailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The reports have the form that others read them by. */
class ReportSchemasTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SCHEMA = Path.of("../docs/schema/verify.schema.json");
  private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
  private static final String NAME = "registry.company.example/shop/orders:1.4.2";

  @Test
  void verifyJsonIsWhatItsSchemaSays() throws IOException {
    JsonNode schema = JSON.readTree(SCHEMA.toFile());

    assertThat(faults(schema, VerifyJson.of(report()))).isEmpty();
  }

  @Test
  void theSchemaOfVerifyJsonNamesNoKeyThatNeverIs() throws IOException {
    TreeSet<String> named = new TreeSet<>();
    names(JSON.readTree(SCHEMA.toFile()), named);
    TreeSet<String> written = new TreeSet<>();
    keys(JSON.readTree(VerifyJson.of(report()).toPrettyString()), written);
    keys(JSON.readTree(failure().json().toPrettyString()), written);

    assertThat(written).isEqualTo(named);
  }

  @Test
  void theSchemaTellsAVerdictThatIsNone() throws IOException {
    JsonNode schema = JSON.readTree(SCHEMA.toFile());

    assertThat(faults(schema, VerifyJson.of(report()).with("verdict", "good"))).hasSize(1);
    assertThat(faults(schema, VerifyJson.of(report()).with("surprise", "x"))).hasSize(1);
  }

  @Test
  void aRunThatJudgedNoImageHasItsFormOfTheSchemaToo() throws IOException {
    JsonNode schema = JSON.readTree(SCHEMA.toFile());

    assertThat(faults(schema, failure().json())).isEmpty();
    assertThat(faults(schema, failure().json().without("failure"))).isNotEmpty();
  }

  private static GoalFailure failure() {
    return new GoalFailure(
        "golden:verify",
        "golden:verify",
        Verdict.MISCONFIGURED,
        "No policy is given.",
        "Name one.",
        new Audit(Instant.EPOCH, null, null, new MadeBy("0.1.0", null, null, "anna")));
  }

  @Test
  void theSarifHasWhatSarifRequires() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ReportSchemasTest.class.getResourceAsStream("sarif-2.1.0-required.schema.json"))) {
      JsonNode required = JSON.readTree(in);
      assertThat(faults(required, VerifySarif.of(report()))).isEmpty();
      assertThat(faults(required, failure().sarif())).isEmpty();
    }
    JsonNode run = JSON.readTree(VerifySarif.of(report()).toPrettyString()).path("runs").path(0);
    List<String> rules = run.path("tool").path("driver").path("rules").findValuesAsText("id");
    assertThat(run.path("results").findValuesAsText("ruleId")).hasSize(4).isSubsetOf(rules);
    assertThat(rules).doesNotHaveDuplicates();
  }

  @Test
  void theSarifSaysOfARunWhatCodeScanningAsks() throws IOException {
    JsonNode run = JSON.readTree(VerifySarif.of(report()).toPrettyString()).path("runs").path(0);
    JsonNode driver = run.path("tool").path("driver");

    assertThat(driver.path("version").asText()).isEqualTo("0.1.0");
    assertThat(Files.readString(Path.of("../pom.xml")))
        .contains("<url>" + driver.path("informationUri").asText() + "</url>");
    for (JsonNode rule : driver.path("rules")) {
      String page = rule.path("helpUri").asText();
      assertThat(page).startsWith(VerifySarif.HOME + "/blob/main/docs/rules/");
      assertThat(Path.of("../docs/rules", page.substring(page.lastIndexOf('/') + 1))).exists();
    }
    assertThat(run.path("properties").path("audit").path("policyDigest").asText())
        .isEqualTo(DIGEST.toString());
    assertThat(run.findValuesAsText("uri").subList(0, 1)).containsExactly("shop/orders");
  }

  @Test
  void aFingerprintStaysWithTheFaultFromBuildToBuild() {
    RuleInfo rule = GoldenAllowed.ABOUT;
    String first = "registry.company.example/shop/orders:1.4.2";
    String next = "registry.company.example/shop/orders:1.4.3@" + DIGEST;

    assertThat(fingerprints(first, ", /etc/passwd in layer 0123456789ab", rule))
        .isEqualTo(fingerprints(next, ", /etc/passwd in layer ba9876543210", rule))
        .doesNotHaveDuplicates()
        .hasSize(3);
    assertThat(fingerprints(first, ", /etc/shadow in layer 0123456789ab", rule))
        .doesNotContainAnyElementsOf(
            fingerprints(first, ", /etc/passwd in layer 0123456789ab", rule).subList(0, 2));
  }

  private static List<String> fingerprints(String image, String where, RuleInfo rule) {
    Finding finding = Finding.refuse(rule, "this", "that", image + where);
    GateReport report =
        new GateReport(
            "golden-policy.yaml",
            Instant.EPOCH,
            List.of(
                new ImageReport(
                    image,
                    DIGEST,
                    ImageReport.Line.NONE,
                    List.of(),
                    List.of(finding, finding, Finding.refuse(rule, "this", "that", image)))));
    return VerifySarif.of(report).objects("runs").get(0).objects("results").stream()
        .map(result -> result.object("partialFingerprints").orElseThrow())
        .map(prints -> prints.string("primaryLocationLineHash").orElseThrow())
        .toList();
  }

  @Test
  void thePageGroupsFindingsUnderHeadingsAndTellsWhatCanBeWaived() throws IOException {
    String html = VerifyHtml.of(report());

    assertThat(html)
        .containsSubsequence(
            "<h3>Refused: 1</h3>",
            "<h3>Could not tell: 1</h3>",
            "<h3>Warnings: 1</h3>",
            "<h3>Waived: 1</h3>")
        .contains("<dt>Waivable</dt><dd>yes, by the policy</dd>")
        .contains("<dt>Waivable</dt><dd>no</dd>");
    assertThat(
            Files.readString(
                Path.of("src/main/resources/io/github/goldenmaven/verify/report/verify.css")))
        .contains("h4 {");
  }

  /** Every key there can be. */
  private static GateReport report() {
    RuleInfo rule = GoldenAllowed.ABOUT;
    Finding refused = Finding.refuse(rule, "one of ours", "theirs", NAME);
    Finding unknown = Finding.unknown(ImageAvailable.ABOUT, "an answer", "none", NAME, "Wait.");
    Finding waived =
        refused.waived(
            new Waiver(rule.id(), DIGEST, LocalDate.parse("2026-12-31"), "platform", "moving"));
    return new GateReport(
        "golden-policy.yaml",
        List.of(
            new ImageReport(
                NAME,
                DIGEST,
                new ImageReport.Line("official", "golden", NAME, true, List.of()),
                List.of(rule.id()),
                List.of(
                    refused,
                    unknown,
                    refused.warningUntil(LocalDate.parse("2027-01-15")),
                    waived))),
        List.of(waived.waiver().orElseThrow()),
        new Audit(
            Instant.parse("2026-11-24T12:00:00Z"),
            "golden-policy.yaml",
            DIGEST,
            new MadeBy("0.1.0", "shop/orders #7", "https://ci.company.example/7/", "anna")));
  }

  private static List<String> faults(JsonNode schema, JsonObject document) throws IOException {
    List<String> faults = new ArrayList<>();
    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(schema)
        .validate(JSON.readTree(document.toPrettyString()))
        .forEach(fault -> faults.add(fault.getMessage()));
    return faults;
  }

  private static void names(JsonNode schema, Set<String> names) {
    JsonNode properties = schema.path("properties");
    properties.fieldNames().forEachRemaining(names::add);
    properties.forEach(property -> names(property, names));
    if (schema.has("items")) {
      names(schema.path("items"), names);
    }
  }

  private static void keys(JsonNode value, Set<String> keys) {
    value.fieldNames().forEachRemaining(keys::add);
    value.forEach(below -> keys(below, keys));
  }
}
