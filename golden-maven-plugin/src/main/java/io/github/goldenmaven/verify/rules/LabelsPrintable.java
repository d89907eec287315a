package io.github.goldenmaven.verify.rules;

import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.provenance.MovingLabel;
import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Labels that forge lines where they are shown. */
final class LabelsPrintable implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "LABELS_PRINTABLE",
          "Provenance labels must be plain text, each of its grammar",
          "A label with a newline, an escape sequence or a change of direction forges a line in"
              + " whatever log or page shows it; one that is no digest, commit or time misleads"
              + " whoever goes by it.",
          "Build the image with golden:build, which refuses to stamp such text.",
          false);

  private static final int MAX_SHOWN = 512;

  /** How far a clock may be behind. */
  private static final Duration CLOCKS = Duration.ofDays(1);

  /** Rules of their own look at these. */
  private static final Set<Label> ELSEWHERE = Set.of(Label.ROLE, Label.SCHEMA, Label.SOURCE_DIRTY);

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    new TreeMap<>(subject.labels())
        .forEach(
            (key, value) -> {
              if (Label.isReserved(key) && !key.equals(key.toLowerCase(Locale.ROOT))) {
                findings.add(
                    subject.refuse(
                        ABOUT, "the key in the letters it has", "'" + key + "'", "label " + key));
              }
              boolean ours = Label.isReserved(key) || Label.speaksOfOneImage(key);
              if (ours && !(Printable.isPlain(key) && Printable.isPlain(value))) {
                findings.add(
                    subject.refuse(ABOUT, "printable text of one line", value, "label " + key));
              }
            });
    if (subject.claims()) {
      for (Label label : Label.values()) {
        label.in(subject.labels()).ifPresent(value -> grammar(subject, label, value, findings));
      }
    }
    if (!subject.isGolden()) {
      moving(subject, subject.labels(), "label ", findings);
      subject.annotations().forEach(told -> moving(subject, told, "annotation ", findings));
    }
    return findings;
  }

  private static void grammar(Subject subject, Label label, String value, List<Finding> findings) {
    Optional<String> fault = ELSEWHERE.contains(label) ? Optional.empty() : label.fault(value);
    if (label == Label.CREATED && fault.isEmpty() && isAhead(value, subject)) {
      fault = Optional.of("is a time that is not yet");
    }
    fault.ifPresent(
        why ->
            findings.add(
                subject.refuse(
                    ABOUT,
                    "a value of the label's grammar",
                    "'" + shortened(value) + "', which " + why,
                    "label " + label.key())));
  }

  private static boolean isAhead(String created, Subject subject) {
    return Instant.parse(created).isAfter(subject.now().plus(CLOCKS));
  }

  private static String shortened(String value) {
    return value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "..." : value;
  }

  /** Refused in a release; what is still being built may be cleared away. */
  private static void moving(
      Subject subject, Map<String, String> told, String what, List<Finding> findings) {
    for (String key : new TreeMap<>(told).keySet()) {
      MovingLabel.of(key)
          .ifPresent(
              moving -> {
                Finding finding =
                    subject.refuse(
                        ABOUT,
                        "nothing by which the image is deleted, or another run in its place",
                        "'" + key + "': " + moving.reason(),
                        "" + what + key);
                findings.add(
                    subject.release()
                        ? finding.withRemedy(
                            "Take it out of <container><labels>; where it is the golden image's,"
                                + " have it baked without.")
                        : finding.warning("Take it out before a release, which it is refused in."));
              });
    }
  }
}
