package io.github.goldenmaven.provenance;

import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.provenance.git.Warning;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.List;

/** What an image cannot say about its sources: one warning for each image. */
final class UntoldSources {

  private static final String NO_DATE = "no date (1970-01-01T00:00:00Z is stamped)";
  private static final String NO_ORIGIN =
      "git has no remote 'origin' at an address that other machines find";

  private UntoldSources() {}

  /**
   * Of an application image; git's own warnings say enough where there are some. No module is
   * named, for it is most often true of all of a reactor's: what was said once is not said again.
   */
  static List<Warning> ofApplication(ProjectFacts project, GitFacts git, boolean hasSource) {
    if (!git.warnings().isEmpty()) {
      return List.of();
    }
    String image = "An image of this build";
    boolean dated = project.outputTimestamp().or(git::commitTime).isPresent();
    if (git.revision().isEmpty()) {
      return List.of(
          new Warning(
              image + " names " + lacks(hasSource, dated) + ": its POM is in no git repository.",
              "Build it in a git checkout."
                  + (hasSource ? "" : " <scm><url> in its POM would name the source.")
                  + (dated ? "" : " <project.build.outputTimestamp> would give it a date.")));
    }
    return hasSource
        ? List.of()
        : List.of(
            new Warning(
                image + " names no source: " + NO_ORIGIN + ".",
                "Write <scm><url> into its POM, or build it in a clone that has one."));
  }

  /** Of a golden image, whose age a gate judges by its date. */
  static List<Warning> ofGolden(GoldenFacts golden, GitFacts git, boolean dated) {
    String image =
        "The golden image '" + Printable.of(golden.name() + ":" + golden.version()) + "'";
    String remedy =
        dated
            ? "Bake it in a git checkout of its definition."
            : "Give it a date with <created> or -Dgolden.created, or with"
                + " <project.build.outputTimestamp>, or bake it in a git checkout of its"
                + " definition.";
    boolean explained = !git.warnings().isEmpty();
    if (git.revision().isEmpty() && !explained) {
      return List.of(
          new Warning(
              image
                  + " names "
                  + lacks(git.remote().isPresent(), dated)
                  + ": its definition is in no git repository.",
              remedy));
    }
    if (!dated) {
      return List.of(new Warning(image + " names " + NO_DATE + ".", remedy));
    }
    return explained || git.remote().isPresent()
        ? List.of()
        : List.of(
            new Warning(
                image + " names no source: " + NO_ORIGIN + ".",
                "Bake it in a clone that has one."));
  }

  private static String lacks(boolean hasSource, boolean dated) {
    List<String> lacks = new ArrayList<>();
    lacks.add("no revision");
    if (!hasSource) {
      lacks.add("no source");
    }
    if (!dated) {
      lacks.add(NO_DATE);
    }
    String last = lacks.remove(lacks.size() - 1);
    return lacks.isEmpty() ? last : String.join(", ", lacks) + " and " + last;
  }
}
