package io.github.goldenmaven.packaging;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.provenance.ProjectFacts;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a release must be: a version that does not move, made of versions that do not move, from
 * sources that are exactly a commit.
 */
final class ReleaseRules {

  private ReleaseRules() {}

  /**
   * Checks all rules and refuses with all that are broken.
   *
   * @param snapshots the runtime dependencies that are SNAPSHOTs
   * @throws RefusedException naming every broken rule
   */
  static void require(ProjectFacts project, List<String> snapshots, GitFacts git) {
    List<String> problems = new ArrayList<>();
    List<String> remedies = new ArrayList<>();
    String version = project.coordinates().version();
    if (version.endsWith("-SNAPSHOT")) {
      problems.add("the version '" + version + "' is a SNAPSHOT");
      remedies.add("Give <version> a release's number.");
    }
    if (!snapshots.isEmpty()) {
      problems.add(
          (snapshots.size() == 1 ? "the dependency " : "the dependencies ")
              + quoted(snapshots)
              + (snapshots.size() == 1 ? " is a SNAPSHOT" : " are SNAPSHOTs"));
      remedies.add("Depend on released versions.");
    }
    switch (git.workTree()) {
      case DIRTY -> {
        problems.add("the work tree differs from the commit" + git.changedShown());
        remedies.add("Commit or remove what 'git status' lists.");
      }
      case UNKNOWN -> {
        problems.add("no commit is known for the sources");
        remedies.add("Build from a git checkout, with 'git' on the PATH.");
      }
      case CLEAN -> {}
    }
    if (!problems.isEmpty()) {
      remedies.add("Or build without -Dgolden.release.");
      throw new RefusedException(
          "This cannot be released: " + String.join("; ", problems) + ".",
          String.join(" ", remedies));
    }
  }

  private static String quoted(List<String> coordinates) {
    return coordinates.stream()
        .map(one -> "'" + Printable.of(one) + "'")
        .collect(Collectors.joining(", "));
  }
}
