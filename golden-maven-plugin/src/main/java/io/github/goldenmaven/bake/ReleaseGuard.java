package io.github.goldenmaven.bake;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.provenance.git.GitFacts;
import java.util.List;

/** What a release refuses, and another bake warns of. */
final class ReleaseGuard {

  private final BakeRequest request;
  private final GoldenDefinition definition;
  private final Console console;

  ReleaseGuard(BakeRequest request, Console console) {
    this.request = request;
    this.definition = request.definition();
    this.console = console;
  }

  /** A release names the commit it was made of, and nothing in it may change under its name. */
  void require(GitFacts git) {
    if (git.workTree() == GitFacts.WorkTree.DIRTY) {
      refuse(
          "The work tree of '"
              + definition.file()
              + "' differs from its commit, which the image will name as its revision"
              + git.changedShown()
              + ".",
          "Commit the changes before a golden image is baked for others.");
    }
    if (!request.release()) {
      return;
    }
    if (git.workTree() == GitFacts.WorkTree.UNKNOWN) {
      throw new RefusedException(
          "A release needs a commit, and git knows none of '" + definition.file() + "'.",
          "Bake in a git work tree, or leave -Dgolden.release out.");
    }
    List<String> snapshots = definition.snapshots();
    if (!snapshots.isEmpty()) {
      throw new RefusedException(
          "A release has no SNAPSHOTs, but '"
              + definition.file()
              + "' has '"
              + String.join("', '", snapshots)
              + "'.",
          "Name released versions, or leave -Dgolden.release out.");
    }
  }

  private void refuse(String problem, String remedy) {
    if (request.release()) {
      throw new RefusedException(problem, remedy);
    }
    console.warn(problem, remedy);
  }

  /**
   * Refuses in a release, and warns otherwise.
   *
   * @param key what is at fault: {@code version}
   */
  void refuse(String key, String problem, String remedy) {
    if (request.release()) {
      throw definition.refused(key, problem, remedy);
    }
    console.warn(problem, remedy);
  }
}
