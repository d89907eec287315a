package io.github.goldenmaven.provenance.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.provenance.TestRepository;
import io.github.goldenmaven.provenance.git.GitFacts.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitReaderTest extends GitReaderFixture {

  @Test
  void tellsRevisionTimeAndThatNothingChanged() throws IOException {
    TestRepository repository = repository();
    String revision = repository.commit();

    assertThat(new GitReader().read(pom(repository.folder())))
        .isEqualTo(new GitFacts(revision, WorkTree.CLEAN, null, COMMIT_TIME, List.of()));
  }

  @Test
  void findsTheRepositoryAboveTheProject() throws IOException {
    TestRepository repository = repository().write("services/orders/pom.xml", "<project/>");
    String revision = repository.commit();

    GitFacts facts = new GitReader().read(pom(repository.folder().resolve("services/orders")));

    assertThat(facts.revision()).hasValue(revision);
    assertThat(facts.workTree()).isEqualTo(WorkTree.CLEAN);
  }

  @Test
  void isDirtyByAChangeAnywhereInTheRepository() throws IOException {
    TestRepository repository = repository().write("services/orders/pom.xml", "<project/>");
    repository.commit();
    repository.write("pom.xml", "<project>changed</project>");

    assertThat(new GitReader().read(pom(repository.folder().resolve("services/orders"))).workTree())
        .isEqualTo(WorkTree.DIRTY);
  }

  @Test
  void isDirtyByAnUntrackedFileButNotByAnIgnoredOne() throws IOException {
    TestRepository repository = repository().write(".gitignore", "target/\n");
    repository.commit();

    repository.write("target/classes/App.class", "x");
    assertThat(new GitReader().read(pom(repository.folder())).workTree()).isEqualTo(WorkTree.CLEAN);

    repository.write("src/App.java", "x");
    assertThat(new GitReader().read(pom(repository.folder())).workTree()).isEqualTo(WorkTree.DIRTY);
  }

  @Test
  void isDirtyByAnUntrackedFileWhateverTheConfigurationHides() throws IOException {
    TestRepository repository = repository();
    repository.commit();
    repository.git("config", "status.showUntrackedFiles", "no");
    repository.write("src/App.java", "x");

    assertThat(new GitReader().read(pom(repository.folder())).workTree()).isEqualTo(WorkTree.DIRTY);
  }

  @Test
  void isDirtyByAStagedRenameAndByADeletedFile() throws IOException {
    TestRepository repository = repository().write("a.txt", "the same long text\n".repeat(20));
    repository.commit();
    repository.git("mv", "a.txt", "b.txt");
    assertThat(new GitReader().read(pom(repository.folder())).workTree()).isEqualTo(WorkTree.DIRTY);

    repository.git("reset", "--quiet", "--hard");
    Files.delete(repository.folder().resolve("a.txt"));
    assertThat(new GitReader().read(pom(repository.folder())).workTree()).isEqualTo(WorkTree.DIRTY);
  }

  @Test
  void readsADetachedHead() throws IOException {
    TestRepository repository = repository();
    String first = repository.commit();
    repository.write("a.txt", "a").commit();
    repository.git("checkout", "--quiet", first);

    assertThat(new GitReader().read(pom(repository.folder())))
        .isEqualTo(new GitFacts(first, WorkTree.CLEAN, null, COMMIT_TIME, List.of()));
  }

  @Test
  void readsAShallowClone() throws IOException {
    TestRepository origin = repository();
    origin.commit();
    String revision = origin.write("a.txt", "a").commit();
    TestRepository.at(root)
        .git("clone", "--quiet", "--depth=1", origin.folder().toUri().toString(), "clone");

    // The remote is a folder of this machine, so it is not told.
    assertThat(new GitReader().read(pom(root.resolve("clone"))))
        .isEqualTo(new GitFacts(revision, WorkTree.CLEAN, null, COMMIT_TIME, List.of()));
  }

  @Test
  void readsAnotherWorktree() throws IOException {
    TestRepository repository = repository();
    repository.git("remote", "add", "origin", "https://git.company.example/shop/orders.git");
    String first = repository.commit();
    repository.write("a.txt", "a").commit();
    repository.git("worktree", "add", "--quiet", "../other", first);

    assertThat(new GitReader().read(pom(root.resolve("other"))))
        .isEqualTo(
            new GitFacts(
                first,
                WorkTree.CLEAN,
                "https://git.company.example/shop/orders.git",
                COMMIT_TIME,
                List.of()));
  }

  @Test
  void readsTheSubmoduleAProjectIsInAndSeesItsChangesFromOutside() throws IOException {
    TestRepository library = TestRepository.init(root.resolve("library")).write("pom.xml", "x");
    String inside = library.commit();
    TestRepository outer = repository();
    outer.git("submodule", "--quiet", "add", library.folder().toString(), "library");
    outer.git("config", "--file", ".gitmodules", "submodule.library.ignore", "all");
    String outside = outer.commit();
    Path module = outer.folder().resolve("library");

    assertThat(new GitReader().read(pom(module)).revision()).hasValue(inside);
    assertThat(new GitReader().read(pom(outer.folder())))
        .isEqualTo(new GitFacts(outside, WorkTree.CLEAN, null, COMMIT_TIME, List.of()));

    Files.writeString(module.resolve("pom.xml"), "changed");
    assertThat(new GitReader().read(pom(outer.folder())).workTree()).isEqualTo(WorkTree.DIRTY);
  }

  @Test
  void readsASha256Repository() throws IOException {
    TestRepository repository =
        TestRepository.init(root.resolve("orders"), "--object-format=sha256")
            .write("pom.xml", "<project/>");
    String revision = repository.commit();

    assertThat(revision).hasSize(64);
    assertThat(new GitReader().read(pom(repository.folder())))
        .isEqualTo(new GitFacts(revision, WorkTree.CLEAN, null, COMMIT_TIME, List.of()));
  }

  @Test
  void readsAnAbsorbedCommitMessageThatLooksLikeACommitter() throws IOException {
    TestRepository repository = repository();
    repository.git("add", "--all");
    repository.git(
        "commit", "--quiet", "--message", "Fix\n\ncommitter Eve <eve@example> 1 +0000\n");

    assertThat(new GitReader().read(pom(repository.folder())).commitTime()).hasValue(COMMIT_TIME);
  }

  @Test
  void readsTheFileThatItIsAskedOf() throws IOException {
    TestRepository repository = repository().write("golden.yaml", "name: java");
    String revision = repository.commit();

    assertThat(new GitReader().read(repository.folder().resolve("golden.yaml")).revision())
        .hasValue(revision);
    assertThat(new GitReader().read(repository.folder().resolve("other.yaml")).revision())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 +0000", "253402300799 +0000"})
  void tellsEveryTimeFrom1970To9999(String date) throws IOException {
    TestRepository repository = repository();
    String commit = forged(repository, date);

    GitFacts facts = new GitReader().read(pom(repository.folder()));

    assertThat(facts.revision()).hasValue(commit);
    assertThat(facts.commitTime())
        .hasValue(Instant.ofEpochSecond(Long.parseLong(date.split(" ", -1)[0])));
  }

  @ParameterizedTest
  @ValueSource(strings = {"253402300800 +0000", "-5 +0000", "99999999999999999999 +0000"})
  void tellsNoImpossibleTime(String date) throws IOException {
    TestRepository repository = repository();
    String commit = forged(repository, date);

    GitFacts facts = new GitReader().read(pom(repository.folder()));

    assertThat(facts.commitTime()).isEmpty();
    assertThat(facts.warnings())
        .containsExactly(
            new Warning(
                "The commit '" + commit + "' has no time from 1970 to 9999.",
                "Set <project.build.outputTimestamp>, so that the image has a creation time."));
  }

  /** A commit whose committer's clock git itself would not write. */
  private String forged(TestRepository repository, String date) throws IOException {
    repository.commit();
    String tree = repository.git("rev-parse", "HEAD^{tree}");
    Path object = root.resolve("commit");
    Files.writeString(
        object,
        "tree "
            + tree
            + "\nauthor A <a@example> 1 +0000\ncommitter A <a@example> "
            + date
            + "\n\nForged\n");
    String commit =
        repository.git("hash-object", "-t", "commit", "-w", "--literally", object.toString());
    Files.writeString(repository.folder().resolve(".git/refs/heads/main"), commit + "\n");
    return commit;
  }
}
