package io.github.goldenmaven.verify;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.golden.GoldenPolicy.Freshness;
import java.util.List;

/** How many newer ones of its line the golden's repository has. */
final class GoldenCurrent implements Rule {

  private static final About ABOUT =
      new About(
          "GOLDEN_CURRENT",
          "The golden image is not further behind its line than the policy allows",
          "A renewed certificate or a patch reaches a service only when it is built again on a"
              + " newer golden image.",
          "Build the image again with golden:build: it takes the newest golden image of its line.",
          true);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    int allowed = subject.policy().freshness().flatMap(Freshness::behind).orElse(-1);
    GoldenBase golden = subject.ground().actual().orElse(null);
    if (allowed < 0 || golden == null) {
      return List.of();
    }
    int newer;
    try {
      newer = subject.newer().than(golden);
    } catch (GoldenException e) {
      return List.of(ReadingFailure.of(e, subject.where()));
    }
    return newer <= allowed
        ? List.of()
        : List.of(
            Finding.refuse(
                ABOUT,
                "at most "
                    + allowed
                    + " newer golden images of the line '"
                    + golden.golden().line()
                    + "'",
                newer + " newer than '" + golden.shown() + "'",
                subject.where()));
  }
}
