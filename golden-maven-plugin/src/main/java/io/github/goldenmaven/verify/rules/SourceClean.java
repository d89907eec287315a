package io.github.goldenmaven.verify.rules;

import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.List;

/** A dirty work tree is nobody's commit. */
final class SourceClean implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "SOURCE_CLEAN",
          "The image must be built from a commit, not from a changed work tree",
          "What was never committed can neither be reviewed nor built again.",
          "Commit the changes and build the image again; golden.release refuses such builds at"
              + " once.",
          true);

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    return Label.SOURCE_DIRTY.in(subject.labels()).isEmpty()
        ? List.of()
        : List.of(
            subject.refuse(
                ABOUT,
                "no label '" + Label.SOURCE_DIRTY + "'",
                "'" + Label.SOURCE_DIRTY.in(subject.labels()).orElse("") + "'"));
  }
}
