package io.github.goldenmaven.verify;

import io.github.goldenmaven.golden.GoldenDefinition.Entrypoint;
import java.util.List;

/** Where the golden says that its entrypoint is fixed. */
final class ConfigEntrypoint implements Rule {

  private static final About ABOUT =
      new About(
          "CONFIG_ENTRYPOINT",
          "The service keeps an entrypoint that its golden image fixes",
          "A golden image whose entrypoint prepares something does so only where it runs.",
          "Leave <container><entrypoint> and what replaces it out, or stand on a golden image whose"
              + " 'protect' leaves the entrypoint free.",
          true);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    GoldenBase golden = subject.ground().actual().orElse(null);
    if (golden == null || subject.upper().protect().entrypoint() != Entrypoint.FIXED) {
      return List.of();
    }
    List<String> wanted = golden.platform().config().runtime().strings("Entrypoint");
    List<String> found = subject.platform().config().runtime().strings("Entrypoint");
    return wanted.equals(found)
        ? List.of()
        : List.of(Finding.refuse(ABOUT, wanted.toString(), found.toString(), subject.where()));
  }
}
