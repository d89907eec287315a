package io.github.goldenmaven.verify.rules;

import io.github.goldenmaven.golden.Seam;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the labels say of the base must be what the base says of itself. */
final class LabelsAgree implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "LABELS_AGREE",
          "Labels and annotations must tell the truth about the golden image",
          "Tools renew, scan and report by what the labels and annotations say; they must be what"
              + " the golden image says of itself.",
          "Build the image again with golden:build.",
          true);

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    if (!subject.claims()) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    Seam.of(subject.config())
        .flatMap(Seam::fault)
        .ifPresent(
            fault -> findings.add(subject.refuse(ABOUT, "a seam that its layers prove", fault)));
    if (!subject.isGolden()) {
      subject.ground().claimed().ifPresent(golden -> golden(subject, golden, findings));
    }
    name(subject, Label.BASE_NAME, Label.BASE_DIGEST, findings);
    name(subject, Label.OFFICIAL_NAME, Label.OFFICIAL_DIGEST, findings);
    subject.annotations().forEach(annotations -> annotations(subject, annotations, findings));
    return findings;
  }

  private static void golden(Subject subject, GoldenBase golden, List<Finding> findings) {
    Map<String, String> theirs = golden.config().labels();
    // Whoever says no role was not stamped: what it lacks is PROVENANCE_STAMPED's to say.
    boolean whole = Label.ROLE.in(subject.labels()).isPresent();
    for (Label label : Label.values()) {
      if (label.inherited() && (whole || label.in(subject.labels()).isPresent())) {
        hold(
            subject,
            "label " + label,
            theirs.get(label.key()),
            subject.labels().get(label.key()),
            findings);
      }
    }
    if (!whole) {
      return;
    }
    hold(
        subject,
        "label " + Label.BASE_MANIFEST,
        golden.platform().manifest().digest().toString(),
        subject.labels().get(Label.BASE_MANIFEST.key()),
        findings);
    hold(
        subject,
        "label " + Label.BASE_LAYERS,
        Integer.toString(golden.layers()),
        subject.labels().get(Label.BASE_LAYERS.key()),
        findings);
  }

  /** An annotation that is there says what the label says; registries may drop annotations. */
  private static void annotations(
      Subject subject, Map<String, String> annotations, List<Finding> findings) {
    new TreeMap<>(annotations)
        .forEach(
            (key, told) -> {
              if (Label.isReserved(key)) {
                hold(subject, "annotation " + key, subject.labels().get(key), told, findings);
              }
            });
  }

  /** A name with a digest names that one. */
  private static void name(Subject subject, Label name, Label digest, List<Finding> findings) {
    String told = name.in(subject.labels()).orElse("");
    int at = told.indexOf('@');
    if (at >= 0) {
      hold(
          subject,
          "label " + name,
          digest.in(subject.labels()).orElse(""),
          told.substring(at + 1),
          findings);
    }
  }

  private static void hold(
      Subject subject,
      String what,
      @org.jspecify.annotations.Nullable String expected,
      @org.jspecify.annotations.Nullable String found,
      List<Finding> findings) {
    String wanted = expected == null ? "" : expected;
    String there = found == null ? "" : found;
    if (!wanted.equals(there)) {
      findings.add(
          subject.refuse(
              ABOUT,
              wanted.isEmpty() ? "nothing" : "'" + wanted + "'",
              there.isEmpty() ? "nothing" : "'" + there + "'",
              "" + what));
    }
  }
}
