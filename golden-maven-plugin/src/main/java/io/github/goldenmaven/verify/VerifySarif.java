package io.github.goldenmaven.verify;

import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.JsonValue;
import io.github.goldenmaven.oci.Printable;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code verify.sarif} for code scanning and Jenkins' warnings.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class VerifySarif {

  private VerifySarif() {}

  public static JsonObject of(GateReport report) {
    List<JsonObject> results = new ArrayList<>();
    for (ImageReport image : report.images()) {
      image.findings().forEach(finding -> results.add(result(image, finding)));
    }
    JsonObject driver =
        JsonObject.EMPTY
            .with("name", "Golden Maven")
            .with(
                "rules",
                JsonValue.ofObjects(Rules.about().stream().map(VerifySarif::rule).toList()));
    JsonObject run =
        JsonObject.EMPTY
            .with("tool", JsonObject.EMPTY.with("driver", driver))
            .with("results", JsonValue.ofObjects(results));
    return JsonObject.EMPTY
        .with("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
        .with("version", "2.1.0")
        .with("runs", JsonValue.ofObjects(List.of(run)));
  }

  private static JsonObject rule(About rule) {
    return JsonObject.EMPTY
        .with("id", rule.id())
        .with("shortDescription", text(rule.title()))
        .with("fullDescription", text(rule.why()))
        .with("help", text(rule.remedy()));
  }

  private static JsonObject result(ImageReport image, Finding finding) {
    JsonObject place =
        JsonObject.EMPTY.with(
            "logicalLocations",
            JsonValue.ofObjects(
                List.of(
                    JsonObject.EMPTY
                        .with("name", Printable.of(image.reference()))
                        .with("fullyQualifiedName", Printable.of(finding.where(), 2000))
                        .with("kind", "resource"))));
    JsonObject result =
        JsonObject.EMPTY
            .with("ruleId", finding.rule().id())
            .with("level", finding.severity() == Severity.WARN ? "warning" : "error")
            .with(
                "message",
                text(
                    "Expected "
                        + finding.expected()
                        + ", found "
                        + finding.found()
                        + ". "
                        + finding.remedy()))
            .with("locations", JsonValue.ofObjects(List.of(place)));
    return finding
        .waiver()
        .map(
            waiver ->
                result.with(
                    "suppressions",
                    JsonValue.ofObjects(
                        List.of(
                            JsonObject.EMPTY
                                .with("kind", "external")
                                .with("justification", Printable.of(waiver.reason(), 2000))))))
        .orElse(result);
  }

  private static JsonObject text(String text) {
    return JsonObject.EMPTY.with("text", Printable.of(text, 4000));
  }
}
