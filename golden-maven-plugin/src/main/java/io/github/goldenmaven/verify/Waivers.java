package io.github.goldenmaven.verify;

import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.golden.policy.GoldenPolicy.Waiver;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What a policy's dates and waivers make of a finding. Days are UTC's, the last one included. */
record Waivers(GoldenPolicy policy, Instant now) {

  Finding of(Finding finding, @Nullable Digest image) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Finding judged = finding;
    LocalDate effective = policy.effective().get(finding.rule().id());
    if (effective != null
        && today.isBefore(effective)
        && finding.severity() == Severity.REFUSE
        && finding.rule().waivable()) {
      judged = judged.warningUntil(effective);
    }
    for (Waiver waiver : policy.waivers()) {
      if (!waiver.rule().equals(finding.rule().id())
          || !waiver.digest().equals(image)
          || !finding.rule().waivable()) {
        continue;
      }
      if (!today.isAfter(waiver.until())) {
        return judged.waived(waiver);
      }
      judged =
          judged.withRemedy(
              "%s The waiver of '%s' ended on %s."
                  .formatted(finding.remedy(), waiver.owner(), waiver.until()));
    }
    return judged;
  }
}
