package io.github.goldenmaven.verify.rules.image;

import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.List;

/** Commands that run in whatever is built on the image. */
public final class ConfigOnBuild implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "CONFIG_ONBUILD",
          "The service must leave no commands for builds on top of it",
          "ONBUILD commands run in other people's builds, unseen.",
          "Take ONBUILD out of the Dockerfile.",
          true);

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<String> wanted =
        subject
            .golden()
            .map(golden -> golden.config().runtime().strings("OnBuild"))
            .orElse(List.of());
    List<String> found = subject.config().runtime().strings("OnBuild");
    return found.isEmpty() || found.equals(wanted)
        ? List.of()
        : List.of(subject.refuse(ABOUT, "no OnBuild", found.toString()));
  }
}
