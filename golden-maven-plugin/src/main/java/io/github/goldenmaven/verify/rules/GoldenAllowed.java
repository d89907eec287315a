package io.github.goldenmaven.verify.rules;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.GoldenImage;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.List;

/** What the labels name as golden must be one that the policy allows, and be golden itself. */
public final class GoldenAllowed implements Rule {

  public static final RuleInfo ABOUT =
      new RuleInfo(
          "GOLDEN_ALLOWED",
          "The golden image must be one of the company's",
          "Anybody can call an image golden; the company's are where its policy says.",
          "Build the image on a golden image of the policy, in <base> or with -Dgolden.base.",
          true);

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    if (!subject.isGolden()) {
      return subject.ground().claimFaults();
    }
    try {
      GoldenImage.of(subject.reference(), subject.config());
      return List.of();
    } catch (RefusedException e) {
      return List.of(
          subject
              .refuse(ABOUT, "a golden image as golden:bake makes it", e.problem())
              .withRemedy(e.remedy()));
    }
  }

  public static Finding elsewhere(GoldenPolicy policy, String named, String where) {
    return Finding.refuse(
        ABOUT, "a golden image of " + policy.goldenShown(), "'" + named + "'", where);
  }
}
