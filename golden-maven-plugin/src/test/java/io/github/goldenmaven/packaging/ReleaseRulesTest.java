package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.provenance.Coordinates;
import io.github.goldenmaven.provenance.ProjectFacts;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.provenance.git.GitFacts.WorkTree;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleaseRulesTest {

  @Test
  void aReleasedVersionOfReleasedVersionsFromACommitIsARelease() {
    assertThatCode(() -> ReleaseRules.require(project("1.4.2"), List.of(), git(WorkTree.CLEAN)))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesASnapshot() {
    assertThat(refusal("1.4.2-SNAPSHOT", List.of(), WorkTree.CLEAN))
        .isEqualTo(
            "This cannot be released: the version '1.4.2-SNAPSHOT' is a SNAPSHOT. Give <version> a"
                + " release's number. Or build without -Dgolden.release.");
  }

  @Test
  void refusesADependencyThatIsASnapshot() {
    assertThat(refusal("1.4.2", List.of("com.example:pricing:2.0-SNAPSHOT"), WorkTree.CLEAN))
        .isEqualTo(
            "This cannot be released: the dependency 'com.example:pricing:2.0-SNAPSHOT' is a"
                + " SNAPSHOT. Depend on released versions. Or build without -Dgolden.release.");
  }

  @Test
  void namesEveryDependencyThatIsASnapshot() {
    assertThat(
            refusal(
                "1.4.2",
                List.of("com.example:pricing:2.0-SNAPSHOT", "com.example:tax\n:1-SNAPSHOT"),
                WorkTree.CLEAN))
        .isEqualTo(
            "This cannot be released: the dependencies 'com.example:pricing:2.0-SNAPSHOT',"
                + " 'com.example:tax\\u000A:1-SNAPSHOT' are SNAPSHOTs. Depend on released versions."
                + " Or build without -Dgolden.release.");
  }

  @Test
  void namesTheFirstFilesThatAreNotTheCommits() {
    GitFacts dirty =
        new GitFacts(
            null,
            WorkTree.DIRTY,
            null,
            null,
            List.of(),
            List.of("pom.xml", "a\nb", "c", "d", "e", "f", "g"));

    assertThatThrownBy(() -> ReleaseRules.require(project("1.4.2"), List.of(), dirty))
        .hasMessage(
            "This cannot be released: the work tree differs from the commit: 'pom.xml',"
                + " 'a\\u000Ab', 'c', 'd', 'e' and 2 more. Commit or remove what 'git status'"
                + " lists. Or build without -Dgolden.release.");
  }

  @Test
  void refusesSourcesOfNoCommit() {
    assertThat(refusal("1.4.2", List.of(), WorkTree.UNKNOWN))
        .isEqualTo(
            "This cannot be released: no commit is known for the sources. Build from a git"
                + " checkout, with 'git' on the PATH. Or build without -Dgolden.release.");
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    assertThat(refusal("1-SNAPSHOT", List.of("com.example:pricing:2.0-SNAPSHOT"), WorkTree.DIRTY))
        .isEqualTo(
            "This cannot be released: the version '1-SNAPSHOT' is a SNAPSHOT; the dependency"
                + " 'com.example:pricing:2.0-SNAPSHOT' is a SNAPSHOT; the work tree differs from"
                + " the commit. Give <version> a release's number. Depend on released versions."
                + " Commit or remove what 'git status' lists. Or build without"
                + " -Dgolden.release.");
  }

  private static String refusal(String version, List<String> snapshots, WorkTree workTree) {
    return catchThrowableOfType(
            RefusedException.class,
            () -> ReleaseRules.require(project(version), snapshots, git(workTree)))
        .getMessage();
  }

  private static ProjectFacts project(String version) {
    return new ProjectFacts(
        new Coordinates("com.example", "orders", version),
        "Orders",
        null,
        null,
        null,
        null,
        List.of(),
        null);
  }

  private static GitFacts git(WorkTree workTree) {
    return new GitFacts("a".repeat(40), workTree, null, null, List.of());
  }
}
