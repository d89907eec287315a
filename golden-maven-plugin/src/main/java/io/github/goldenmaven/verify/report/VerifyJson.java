package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.golden.policy.GoldenPolicy.Waiver;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.verify.finding.Finding;
import java.util.List;

/**
 * {@code verify.json}; see {@code docs/schema/verify.schema.json}. What is not known is left out.
 */
public final class VerifyJson {

  private VerifyJson() {}

  public static JsonObject of(GateReport report) {
    return JsonObject.EMPTY
        .with("schema", 1)
        .with("verdict", report.verdict().word())
        .with("summary", report.summary())
        .with("audit", report.audit().entries())
        .with("policy", report.policy())
        .with(
            "images", JsonValue.ofObjects(report.images().stream().map(VerifyJson::image).toList()))
        .with(
            "waivers",
            JsonValue.ofObjects(report.waiverUses().stream().map(VerifyJson::waiver).toList()));
  }

  /** Of a run that judged no image. */
  static JsonObject of(GoalFailure failure) {
    return JsonObject.EMPTY
        .with("schema", 1)
        .with("verdict", failure.verdict().word())
        .with("summary", failure.verdict().word())
        .with("audit", failure.audit().entries())
        .with(
            "failure",
            JsonObject.EMPTY
                .with("goal", failure.goal())
                .with("subject", failure.subject())
                .with("problem", failure.problem())
                .with("remedy", failure.remedy()))
        .with("images", JsonValue.ofObjects(List.of()))
        .with("waivers", JsonValue.ofObjects(List.of()));
  }

  /** Without the days left, which are another number tomorrow: {@code until} tells them. */
  private static JsonObject waiver(GateReport.WaiverUse use) {
    return JsonObject.EMPTY
        .with("rule", use.waiver().rule())
        .with("digest", use.waiver().digest().toString())
        .with("owner", use.waiver().owner())
        .with("until", use.waiver().until().toString())
        .with("reason", use.waiver().reason())
        .with("images", JsonValue.ofTexts(use.images()));
  }

  private static JsonObject image(ImageReport image) {
    ImageReport.Line line = image.lineage();
    return JsonObject.EMPTY
        .with("reference", image.reference())
        .withKnown("digest", image.digestOrNull())
        .with("verdict", image.verdict().word())
        .with("summary", image.summary())
        .with(
            "lineage",
            JsonObject.EMPTY
                .withKnown("official", line.official())
                .withKnown("golden", line.golden())
                .withKnown("application", line.application()))
        .with("checked", JsonValue.ofTexts(image.checked()))
        .with(
            "findings",
            JsonValue.ofObjects(image.findings().stream().map(VerifyJson::finding).toList()));
  }

  private static JsonObject finding(Finding finding) {
    JsonObject json =
        JsonObject.EMPTY
            .with("id", finding.rule().id())
            .with("title", finding.rule().title())
            .with("severity", finding.severity().word())
            .with("expected", finding.expected())
            .with("found", finding.found())
            .with("where", finding.where())
            .with("remedy", finding.remedy())
            .with("waivable", new JsonValue.Bool(finding.rule().waivable()))
            .withKnown("effective", finding.effectiveOrNull());
    Waiver waiver = finding.waiverOrNull();
    return waiver == null
        ? json
        : json.with(
            "waived",
            JsonObject.EMPTY
                .with("owner", waiver.owner())
                .with("until", waiver.until().toString())
                .with("reason", waiver.reason()));
  }
}
