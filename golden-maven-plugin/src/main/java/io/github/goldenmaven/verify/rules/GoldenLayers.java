package io.github.goldenmaven.verify.rules;

import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.subject.BaseMatch;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.List;

/** The lowest layers must be the golden's, in order, stored and unpacked. */
final class GoldenLayers implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "GOLDEN_LAYERS",
          "The image's lowest layers must be those of its golden image",
          "Labels are claims. Only the layers prove that the certificates, agents and settings of"
              + " the golden image are in the image.",
          "Build the image again with golden:build on the golden image that it is to stand on.",
          false);

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    BaseMatch ground = subject.ground();
    if (subject.isGolden()
        || ground.holds()
        || (!subject.claims() && ground.actual().isPresent())) {
      return List.of();
    }
    if (!ground.claimFaults().isEmpty()
        && ground.claimed().isEmpty()
        && ground.actual().isPresent()) {
      return List.of(finding(subject, "a golden image of the policy", really(ground)));
    }
    String expected =
        ground
            .claimed()
            .map(golden -> "the " + golden.layers() + " layers of '" + golden.shown() + "'")
            .orElse("the layers of a golden image of " + subject.policy().goldenShown());
    return List.of(finding(subject, expected, really(ground)));
  }

  private static Finding finding(Subject subject, String expected, String found) {
    return subject.refuse(ABOUT, expected, found);
  }

  private static String really(BaseMatch ground) {
    if (ground.actual().isPresent()) {
      return "those of '" + ground.actual().orElseThrow().shown() + "'";
    }
    return ground
        .nearest()
        .map(
            near ->
                "others; the nearest golden image is '%s', of whose %s layers it has the lowest %s"
                    .formatted(near.shown(), near.layers(), ground.nearestShared()))
        .orElse("none of any golden image known here");
  }
}
