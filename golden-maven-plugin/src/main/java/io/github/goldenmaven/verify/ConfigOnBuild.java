package io.github.goldenmaven.verify;

import java.util.List;

/** G6: commands that run in whatever is built on the image. */
final class ConfigOnBuild implements Rule {

  private static final About ABOUT =
      new About(
          "CONFIG_ONBUILD",
          "The service leaves no commands for builds on top of it",
          "ONBUILD commands run in other people's builds, unseen.",
          "Take ONBUILD out of the Dockerfile.",
          true);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<String> wanted =
        subject
            .ground()
            .actual()
            .map(golden -> golden.platform().config().runtime().strings("OnBuild"))
            .orElse(List.of());
    List<String> found = subject.platform().config().runtime().strings("OnBuild");
    return found.isEmpty() || found.equals(wanted)
        ? List.of()
        : List.of(Finding.refuse(ABOUT, "no OnBuild", found.toString(), subject.where()));
  }
}
