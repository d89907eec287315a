package io.github.goldenmaven.verify.rules;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.golden.policy.GoldenPolicy.Freshness;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.rules.image.ReadingFailure;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long ago the golden was made, by its own label, and how many newer ones of its line its
 * repository has.
 */
final class GoldenFresh implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "GOLDEN_FRESH",
          "The golden image must be as fresh as the policy demands",
          "Bases rot: yesterday's golden image lacks today's patches and tomorrow's certificates;"
              + " they reach a service only when it is built again on a newer one.",
          "Build the image again on the newest golden image of its line; where that one is old too,"
              + " have it baked again. Its date is -Dgolden.created, else"
              + " <project.build.outputTimestamp>, else the time of its definition's commit.",
          true);

  private static final String UNDATED =
      "Have the golden image baked again with a date: -Dgolden.created,"
          + " <project.build.outputTimestamp>, or a git checkout of its definition. Then build the"
          + " image again on it.";

  private static final String AGAIN =
      "Build the image again with golden:build: it takes the newest golden image of its line.";

  /** How far two machines' clocks may be apart. */
  private static final Duration CLOCKS = Duration.ofDays(-1);

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>(age(subject));
    findings.addAll(behind(subject));
    return findings;
  }

  private static List<Finding> behind(Subject subject) {
    int allowed = subject.policy().freshness().flatMap(Freshness::behind).orElse(-1);
    GoldenBase golden = subject.golden().orElse(null);
    if (allowed < 0 || golden == null) {
      return List.of();
    }
    int newer;
    try {
      newer = subject.newer().than(golden);
    } catch (GoldenException e) {
      return List.of(ReadingFailure.of(e, subject.where()));
    }
    String line = "newer golden images of the line '" + golden.golden().line() + "'";
    return newer <= allowed
        ? List.of()
        : List.of(
            subject
                .refuse(
                    ABOUT,
                    "at most " + allowed + " " + line,
                    newer + " newer than '" + golden.shown() + "'")
                .withRemedy(AGAIN));
  }

  private static List<Finding> age(Subject subject) {
    Duration allowed = subject.policy().freshness().flatMap(Freshness::maxAge).orElse(null);
    if (allowed == null) {
      return List.of();
    }
    if (subject.isGolden()) {
      return check(subject, subject.labels(), allowed);
    }
    return subject
        .golden()
        .map(golden -> check(subject, golden.config().labels(), allowed))
        .orElse(List.of());
  }

  private static List<Finding> check(
      Subject subject, Map<String, String> labels, Duration allowed) {
    String created = Label.CREATED.in(labels).orElse("");
    String expected = "a golden image made in the last " + allowed.toDays() + " days";
    if (created.isEmpty() || created.equals(Instant.EPOCH.toString())) {
      return List.of(
          subject
              .refuse(ABOUT, expected, "this golden carries no date", "label " + Label.CREATED)
              .withRemedy(UNDATED));
    }
    try {
      Duration age = Duration.between(Instant.parse(created), subject.now());
      String wrong =
          age.compareTo(CLOCKS) < 0
              ? "which is still to come"
              : age.compareTo(allowed) > 0 ? age.toDays() + " days ago" : "";
      return wrong.isEmpty()
          ? List.of()
          : List.of(subject.refuse(ABOUT, expected, "one of " + created + ", " + wrong));
    } catch (DateTimeException e) {
      return List.of(
          subject.refuse(
              ABOUT, expected, "'" + created + "', which is no time", "label " + Label.CREATED));
    }
  }
}
