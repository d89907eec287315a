package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.rules.Rules;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code verify.sarif} for code scanning and Jenkins' warnings: with all that GitHub's code
 * scanning demands of a file of another tool.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 * @see <a
 *     href="https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support">GitHub,
 *     SARIF support for code scanning</a>
 */
public final class VerifySarif {

  /** The project's home, as the root POM has it. */
  public static final String HOME = "https://github.com/goldenmaven/golden-maven";

  /** As many as code scanning takes of one run. */
  private static final int MAX_RESULTS = 25_000;

  private static final int SHOWN = 4000;

  private VerifySarif() {}

  public static JsonObject of(GateReport report) {
    List<JsonObject> results = new ArrayList<>();
    List<String> names =
        ReportNames.of(report.images().stream().map(ImageReport::reference).toList());
    for (int at = 0; at < names.size(); at++) {
      SarifResults image = new SarifResults(names.get(at), report.images().get(at));
      image.findings().forEach(results::add);
    }
    return log(
        report.audit(),
        invocation(report, results.size()),
        results.subList(0, Math.min(results.size(), MAX_RESULTS)));
  }

  /** Of a run that judged no image: nothing that it does not find is gone. */
  static JsonObject of(GoalFailure failure) {
    return log(
        failure.audit(),
        JsonObject.EMPTY
            .with("executionSuccessful", new JsonValue.Bool(false))
            .with("startTimeUtc", failure.audit().at().toString())
            .with(
                "toolExecutionNotifications",
                notification("error", failure.problem() + " " + failure.remedy())),
        List.of());
  }

  private static JsonObject log(Audit audit, JsonObject invocation, List<JsonObject> results) {
    JsonObject run =
        JsonObject.EMPTY
            .with("tool", JsonObject.EMPTY.with("driver", driver(audit)))
            .with("automationDetails", JsonObject.EMPTY.with("id", "golden-gate/"))
            .with("invocations", JsonValue.ofObjects(List.of(invocation)))
            .with("columnKind", "utf16CodeUnits")
            .with("results", JsonValue.ofObjects(results))
            .with("properties", JsonObject.EMPTY.with("audit", audit.entries()));
    return JsonObject.EMPTY
        .with("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
        .with("version", "2.1.0")
        .with("runs", JsonValue.ofObjects(List.of(run)));
  }

  private static JsonValue notification(String level, String message) {
    return JsonValue.ofObjects(
        List.of(JsonObject.EMPTY.with("level", level).with("message", text(message))));
  }

  private static JsonObject driver(Audit audit) {
    JsonObject driver = JsonObject.EMPTY.with("name", "Golden Maven").with("informationUri", HOME);
    String version = audit.madeBy().pluginOrNull();
    return (version == null ? driver : driver.with("version", version))
        .with("rules", JsonValue.ofObjects(Rules.about().stream().map(VerifySarif::rule).toList()));
  }

  private static JsonObject invocation(GateReport report, int results) {
    JsonObject invocation =
        JsonObject.EMPTY
            .with("executionSuccessful", new JsonValue.Bool(true))
            .with("startTimeUtc", report.audit().at().toString());
    return results <= MAX_RESULTS
        ? invocation
        : invocation.with(
            "toolExecutionNotifications",
            notification(
                "warning",
                "%s more findings are in verify.json: code scanning takes %s of a run."
                    .formatted(results - MAX_RESULTS, MAX_RESULTS)));
  }

  private static JsonObject rule(RuleInfo rule) {
    return JsonObject.EMPTY
        .with("id", rule.id())
        .with("name", rule.id())
        .with("shortDescription", text(rule.title()))
        .with("fullDescription", text(rule.why()))
        .with("help", text(rule.remedy()))
        .with("helpUri", HOME + "/blob/main/docs/rules/" + rule.id() + ".md")
        .with("defaultConfiguration", JsonObject.EMPTY.with("level", "error"))
        .with(
            "properties",
            JsonObject.EMPTY
                .with("tags", JsonValue.ofTexts(List.of("security", "container")))
                .with("precision", "very-high")
                .with("problem.severity", "error"));
  }

  static JsonObject text(String text) {
    return JsonObject.EMPTY.with("text", Printable.of(text, SHOWN));
  }
}
