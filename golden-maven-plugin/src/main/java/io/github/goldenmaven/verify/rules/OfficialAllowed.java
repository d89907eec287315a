package io.github.goldenmaven.verify.rules;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.List;

/** The golden must have been baked of an image whose publisher the company trusts. */
final class OfficialAllowed implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "OFFICIAL_ALLOWED",
          "The official image below must be of a publisher that the company trusts",
          "Anyone may push to a public registry; only official images and verified publishers are"
              + " looked after.",
          "Have the golden image baked of an official image of the policy, in 'from' of"
              + " golden.yaml.",
          true);

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    if (subject.policy().official().isEmpty()) {
      return List.of();
    }
    if (subject.isGolden()) {
      return check(subject, Label.OFFICIAL_NAME.in(subject.labels()).orElse(""));
    }
    return subject
        .golden()
        .map(golden -> check(subject, golden.golden().officialName()))
        .orElse(List.of());
  }

  private static List<Finding> check(Subject subject, String official) {
    try {
      if (!official.isEmpty()) {
        subject.policy().requireOfficial(ImageReference.parse(official));
        return List.of();
      }
    } catch (RefusedException e) {
      return List.of(
          subject.refuse(
              ABOUT, "an image of " + subject.policy().officialShown(), "'" + official + "'"));
    }
    return List.of(
        subject.refuse(
            ABOUT,
            "an image of " + subject.policy().officialShown(),
            "a golden image that does not say what it was baked of"));
  }
}
