package io.github.goldenmaven.provenance.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.goldenmaven.provenance.TestRepository;
import io.github.goldenmaven.provenance.git.GitFacts.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitReaderFailuresTest extends GitReaderFixture {

  @Test
  void saysWhenThereIsNoCommitYet() throws IOException {
    TestRepository repository = repository();

    assertThat(new GitReader().read(pom(repository.folder())))
        .isEqualTo(
            new GitFacts(
                null,
                WorkTree.DIRTY,
                null,
                null,
                List.of(
                    new Warning(
                        "The git repository '" + repository.folder() + "' has no commit yet.",
                        "Commit the sources, so that the image can name their revision."))));
  }

  @Test
  void startsNothingWhereThereIsNoRepository() throws IOException {
    Path noRepository = Files.createDirectories(root.resolve("plain/orders"));

    assertThat(reader("touch '" + root.resolve("ran") + "'").read(pom(noRepository)))
        .isEqualTo(GitFacts.NONE);
    assertThat(root.resolve("ran")).doesNotExist();
  }

  @Test
  void saysWhenGitIsMissing() throws IOException {
    TestRepository repository = repository();

    assertThat(
            new GitReader(Map.of("PATH", root.toString() + ":.:"), Duration.ofSeconds(9))
                .read(pom(repository.folder())))
        .isEqualTo(
            unknown(
                "The git repository '"
                    + repository.folder()
                    + "' cannot be read: there is no 'git' on the PATH.",
                "Install git where Maven runs. Otherwise the image has no revision."));
  }

  @Test
  void saysWhenGitCannotBeRun() throws IOException {
    TestRepository repository = repository();
    Path git = program("");
    Files.writeString(git, "#!/no/such/interpreter\n");

    assertThat(
            new GitReader(Map.of("PATH", root.resolve("bin").toString()), Duration.ofSeconds(9))
                .read(pom(repository.folder())))
        .isEqualTo(
            unknown(
                "The git at '" + git + "' cannot be run.",
                "Run 'git --version' where Maven runs, and fix git. Otherwise the image has no"
                    + " revision."));
  }

  @Test
  void saysWhenGitDoesNotAnswerInTimeAndLeavesNoProcessBehind() throws IOException {
    TestRepository repository = repository();
    Path pid = root.resolve("pid");

    GitFacts facts =
        reader("sleep 60 & echo $! >> '" + pid + "'; wait", Duration.ofSeconds(1))
            .read(pom(repository.folder()));

    assertThat(facts)
        .isEqualTo(
            unknown(
                "git did not report the state of '" + repository.folder() + "' within 1 seconds.",
                "Run 'git status' there and see what it waits for. Otherwise the image has no"
                    + " revision."));
    for (String sleeper : Files.readAllLines(pid)) {
      // Killed it is at once; gone once whoever inherits orphans has reaped it.
      ProcessHandle.of(Long.parseLong(sleeper))
          .ifPresent(handle -> assertThat(handle.onExit()).succeedsWithin(Duration.ofSeconds(9)));
    }
  }

  @Test
  void takesEndlessOutputForADirtyWorkTree() throws IOException {
    TestRepository repository = repository();
    String revision = "0123456789abcdef0123456789abcdef01234567";
    GitFacts facts =
        reader(
                "case \"$*\" in *cat-file*) printf '"
                    + revision
                    + " commit 1\\nx\\n';; *config*) exit 1;; *) yes '?? x';; esac")
            .read(pom(repository.folder()));

    assertThat(facts.workTree()).isEqualTo(WorkTree.DIRTY);
    assertThat(facts.revision()).hasValue(revision);
  }

  @Test
  void namesTheCureForAFolderOfAnotherOwner() throws IOException {
    TestRepository repository = repository();
    repository.commit();

    assertThat(
            reader(
                    "echo \"fatal: detected dubious ownership in repository at '/x'\" >&2; exit"
                        + " 128")
                .read(pom(repository.folder())))
        .isEqualTo(dubious(repository.folder()));
  }

  @Test
  void namesTheCureForAFolderThatReallyIsOfAnotherOwner() throws IOException {
    assumeTrue((Integer) Files.getAttribute(root, "unix:uid") == 0, "only root gives folders away");
    TestRepository repository = repository();
    repository.commit();
    Files.setAttribute(repository.folder(), "unix:uid", 65534);
    Files.setAttribute(repository.folder().resolve(".git"), "unix:uid", 65534);

    assertThat(new GitReader().read(pom(repository.folder())))
        .isEqualTo(dubious(repository.folder()));
  }

  @Test
  void saysInGitsWordsWhyARepositoryCannotBeRead() throws IOException {
    Path folder = root.resolve("orders");
    Files.createDirectories(folder.resolve(".git"));

    assertThat(new GitReader().read(pom(folder)))
        .isEqualTo(
            unknown(
                "git cannot read '"
                    + folder
                    + "': 'fatal: not a git repository (or any of the parent directories): .git'.",
                "Run 'git status' there and fix what it reports. Otherwise the image has no"
                    + " revision."));
  }

  @Test
  void doesNotTakeTheRepositoryAboveABrokenOne() throws IOException {
    TestRepository repository = repository();
    repository.commit();
    Path broken = repository.folder().resolve("nested");
    Files.createDirectories(broken.resolve(".git"));

    assertThat(new GitReader().read(pom(broken)).revision()).isEmpty();
  }

  @Test
  void givesAnIgnoredProjectNoFactsOfTheRepositoryAroundIt() throws IOException {
    TestRepository repository = repository().write(".gitignore", "target/\n");
    repository.git("remote", "add", "origin", "https://git.company.example/shop/orders.git");
    repository.commit();
    repository.write("target/it/orders/pom.xml", "<project/>").write("other.txt", "dirty");
    Path pom = pom(repository.folder().resolve("target/it/orders"));

    assertThat(new GitReader().read(pom)).isEqualTo(untracked(pom, repository));
  }

  /** As a home folder in git has: it knows of the project's folder, and has nothing of it. */
  @Test
  void givesAProjectThatIsNotTrackedNoFactsOfTheRepositoryAroundIt() throws IOException {
    TestRepository home = repository();
    home.git("remote", "add", "origin", "https://git.company.example/kim/dotfiles.git");
    String revision = home.write("new service/README.md", "x").commit();
    home.write("new service/pom.xml", "<project/>");
    Path pom = pom(home.folder().resolve("new service"));

    assertThat(new GitReader().read(pom)).isEqualTo(untracked(pom, home));

    home.git("add", "--all");
    GitFacts added = new GitReader().read(pom);
    assertThat(added.revision()).hasValue(revision);
    assertThat(added.workTree()).isEqualTo(WorkTree.DIRTY);
  }

  @ParameterizedTest
  @CsvSource({
    "https://git.company.example/shop/orders.git, https://git.company.example/shop/orders.git",
    "https://kim:pa55w0rd@git.company.example/orders, https://git.company.example/orders",
    "https://pa55w0rd@git.company.example/orders, https://git.company.example/orders",
    "https://kim:pa55@w0rd@git.company.example/orders, https://git.company.example/orders",
    "https://git.company.example/orders?private_token=pa55w0rd, https://git.company.example/orders",
    "ssh://git@git.company.example:7999/shop/orders,"
        + " ssh://git@git.company.example:7999/shop/orders",
    "ssh://kim:pa55w0rd@git.company.example/orders, ssh://git.company.example/orders",
    "ssh://git:pa55w0rd@git.company.example/orders, ssh://git.company.example/orders",
    "git@git.company.example:shop/orders.git, git@git.company.example:shop/orders.git",
    "kim@git.company.example:shop/orders.git, git.company.example:shop/orders.git",
    "/srv/git/orders, ",
    "../orders, ",
    "file:///srv/git/orders, ",
  })
  void tellsTheRemoteWithoutCredentialsAndOnlyOtherMachines(String remote, String told)
      throws IOException {
    TestRepository repository = repository();
    repository.commit();
    repository.git("remote", "add", "origin", remote);

    GitFacts facts = new GitReader().read(pom(repository.folder()));

    assertThat(facts.remoteOrNull()).isEqualTo(told);
    assertThat(facts.warnings()).isEmpty();
    assertThat(facts.toString()).doesNotContain("pa55").doesNotContain("w0rd");
  }

  @ParameterizedTest
  @CsvSource({
    "gh:, https://kim:pa55@github.com/, gh:shop/orders, https://github.com/shop/orders",
    "shop://, git@git.company.example:shop/, shop://orders, git@git.company.example:shop/orders",
    "mirror:, /srv/git/, mirror:orders, ",
    "https://github.com/, git@github.com:, https://github.com/orders, https://github.com/orders",
    "https://github.com/, https://mirror.example/, gh:orders, gh:orders",
  })
  void looksUpAShortFormThatGitsConfigurationSpellsOut(
      String instead, String base, String remote, String told) throws IOException {
    TestRepository repository = repository();
    repository.commit();
    repository.git("remote", "add", "origin", remote);
    repository.git("config", "url." + base + ".insteadOf", instead);

    GitFacts facts = new GitReader().read(pom(repository.folder()));

    assertThat(facts.remoteOrNull()).isEqualTo(told);
    assertThat(facts.warnings()).isEmpty();
  }

  @Test
  void keepsARemoteBackWhosePasswordCannotBeToldFromThePath() throws IOException {
    TestRepository repository = repository();
    repository.commit();
    repository.git("remote", "add", "origin", "https://kim:pa55/w0rd@git.company.example/orders");

    GitFacts facts = new GitReader().read(pom(repository.folder()));

    assertThat(facts.remote()).isEmpty();
    assertThat(facts.warnings())
        .containsExactly(
            new Warning(
                "The remote 'origin' of the git repository '"
                    + repository.folder()
                    + "' has an '@' that may end a password.",
                "Write the sources' address without credentials into <scm><url>."));
    assertThat(facts.toString()).doesNotContain("pa55").doesNotContain("w0rd");
  }

  @Test
  void runsNoProgramThatTheRepositoryNames() throws IOException {
    TestRepository repository = repository();
    repository.commit();
    Path ran = root.resolve("ran");
    String program = program("touch '" + ran + "'").toString();
    repository.git("config", "core.fsmonitor", program);
    repository.git("config", "core.pager", program);
    repository.git("config", "gpg.program", program);
    repository.git("config", "log.showSignature", "true");
    repository.git("config", "core.sshCommand", program);
    repository.git("config", "alias.status", "!" + program);
    Path hooks = repository.folder().resolve(".git/hooks");
    for (String hook :
        List.of("post-index-change", "fsmonitor-watchman", "reference-transaction")) {
      Files.copy(Path.of(program), Files.createDirectories(hooks).resolve(hook));
    }
    repository.write("pom.xml", "<project>changed</project>");

    assertThat(new GitReader().read(pom(repository.folder())).workTree()).isEqualTo(WorkTree.DIRTY);
    assertThat(ran).doesNotExist();
  }

  @Test
  void isNotLedElsewhereByTheEnvironmentOfAHook() throws IOException {
    TestRepository repository = repository();
    String revision = repository.commit();
    TestRepository other = TestRepository.init(root.resolve("other")).write("a.txt", "a");
    other.commit();
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("GIT_DIR", other.folder().resolve(".git").toString());
    environment.put("GIT_WORK_TREE", other.folder().toString());
    environment.put("GIT_INDEX_FILE", root.resolve("none").toString());
    environment.put("GIT_CONFIG", root.resolve("none").toString());

    assertThat(new GitReader(environment, Duration.ofSeconds(9)).read(pom(repository.folder())))
        .isEqualTo(new GitFacts(revision, WorkTree.CLEAN, null, COMMIT_TIME, List.of()));
  }

  private static GitFacts untracked(Path pom, TestRepository around) {
    return unknown(
        "The file '"
            + pom
            + "' is not tracked by the git repository '"
            + around.folder()
            + "' around it.",
        "Commit it, or give its folder a repository of its own. Otherwise the image has no"
            + " revision.");
  }

  private GitReader reader(String script) throws IOException {
    return reader(script, Duration.ofSeconds(9));
  }

  /** A reader whose git is this script. */
  private GitReader reader(String script, Duration patience) throws IOException {
    program(script);
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
    return new GitReader(environment, patience);
  }

  private Path program(String script) throws IOException {
    Path git = Files.createDirectories(root.resolve("bin")).resolve("git");
    Files.writeString(git, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(git, PosixFilePermissions.fromString("rwxr-xr-x"));
    return git;
  }

  private static GitFacts dubious(Path folder) {
    return unknown(
        "git does not read '" + folder + "': the folder belongs to another user.",
        "Run Maven as its owner, or run 'git config --global --add safe.directory "
            + folder
            + "'. Otherwise the image has no revision.");
  }

  private static GitFacts unknown(String problem, String remedy) {
    return new GitFacts(null, WorkTree.UNKNOWN, null, null, List.of(new Warning(problem, remedy)));
  }
}
