package io.github.goldenmaven.verify;

import io.github.goldenmaven.golden.GoldenPolicy.Freshness;
import io.github.goldenmaven.provenance.Label;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How long ago the golden was made, by its own label. */
final class GoldenFresh implements Rule {

  private static final About ABOUT =
      new About(
          "GOLDEN_FRESH",
          "The golden image is not older than the policy allows",
          "Bases rot: yesterday's golden image lacks today's patches and tomorrow's certificates.",
          "Build the image again on the newest golden image of its line; where that one is old too,"
              + " have it baked again. Its date is -Dgolden.created, else"
              + " <project.build.outputTimestamp>, else the time of its definition's commit.",
          true);

  private static final String UNDATED =
      "Have the golden image baked again with a date: -Dgolden.created,"
          + " <project.build.outputTimestamp>, or a git checkout of its definition. Then build the"
          + " image again on it.";

  /** How far two machines' clocks may be apart. */
  private static final Duration CLOCKS = Duration.ofDays(-1);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    Duration allowed = subject.policy().freshness().flatMap(Freshness::maxAge).orElse(null);
    if (allowed == null) {
      return List.of();
    }
    if (subject.isGolden()) {
      return check(subject, subject.labels(), allowed);
    }
    return subject
        .ground()
        .actual()
        .map(golden -> check(subject, golden.platform().config().labels(), allowed))
        .orElse(List.of());
  }

  private static List<Finding> check(
      Subject subject, Map<String, String> labels, Duration allowed) {
    String created = Label.CREATED.in(labels).orElse("");
    String expected = "a golden image made in the last " + allowed.toDays() + " days";
    if (created.isEmpty() || created.equals(Instant.EPOCH.toString())) {
      return List.of(
          Finding.refuse(
                  ABOUT,
                  expected,
                  "this golden carries no date",
                  subject.where() + ", label " + Label.CREATED)
              .withRemedy(UNDATED));
    }
    try {
      Duration age = Duration.between(Instant.parse(created), subject.now());
      if (age.compareTo(CLOCKS) < 0) {
        return List.of(
            Finding.refuse(
                ABOUT,
                expected,
                "one of " + created + ", which is still to come",
                subject.where()));
      }
      return age.compareTo(allowed) <= 0
          ? List.of()
          : List.of(
              Finding.refuse(
                  ABOUT,
                  expected,
                  "one of " + created + ", " + age.toDays() + " days ago",
                  subject.where()));
    } catch (DateTimeException e) {
      return List.of(
          Finding.refuse(
              ABOUT,
              expected,
              "'" + created + "', which is no time",
              subject.where() + ", label " + Label.CREATED));
    }
  }
}
