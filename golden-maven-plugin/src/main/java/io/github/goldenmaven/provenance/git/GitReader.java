package io.github.goldenmaven.provenance.git;

import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the {@code git} on the PATH about a project's sources.
 *
 * <p>The work tree is dirty when anything in the whole repository differs from the commit,
 * untracked files that git does not ignore included: a build reads parent POMs, sibling modules and
 * shared configuration outside the project's own folder, so a change anywhere may be in the image.
 * Files marked {@code assume-unchanged} or {@code skip-worktree} are believed, as git believes
 * them.
 *
 * <p>A repository's configuration may name programs. Hooks, file system monitors, pagers, signature
 * checks and every transport are switched off here; clean filters are not, because git-lfs is one:
 * who runs Maven in a folder runs the folder's build anyway.
 */
public final class GitReader {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String[] STATUS = {
    "status", "--porcelain", "-z", "--untracked-files=normal", "--ignore-submodules=none"
  };
  private static final String NO_REVISION = "Otherwise the image has no revision.";

  private final Map<String, String> environment;
  private final Duration patience;

  public GitReader() {
    this(System.getenv(), PATIENCE);
  }

  GitReader(Map<String, String> environment, Duration patience) {
    this.environment = environment;
    this.patience = patience;
  }

  /**
   * The facts of the repository that has a POM or a definition; {@link GitFacts#NONE} without
   * starting a process where none is around it. A repository that does not track the file, as a
   * home folder's or one that ignores it, is another project's. Never fails: what could not be
   * found out is a warning.
   */
  public GitFacts read(Path file) {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    return folder == null ? GitFacts.NONE : read(folder, absolute.getFileName().toString());
  }

  private GitFacts read(Path project, String file) {
    Path folder = real(project);
    Path root = repositoryAround(folder).orElse(null);
    if (root == null) {
      return GitFacts.NONE;
    }
    Optional<Path> binary = GitProcess.binary(environment);
    if (binary.isEmpty()) {
      return unknown(
          "The git repository '" + shown(root) + "' cannot be read: there is no 'git' on the PATH.",
          "Install git where Maven runs. " + NO_REVISION);
    }
    try (GitProcess git =
        new GitProcess(binary.get(), folder, GitProcess.calm(environment, root), patience)) {
      return read(git, root, folder.resolve(file));
    } catch (UncheckedIOException e) {
      return unknown(
          "The git at '" + shown(binary.get()) + "' cannot be run.",
          "Run 'git --version' where Maven runs, and fix git. " + NO_REVISION);
    }
  }

  private GitFacts read(GitProcess git, Path root, Path file) {
    // All three at once: together they take hardly longer than the first alone.
    GitProcess.Running status = git.start("", STATUS);
    GitProcess.Running objects =
        git.start("HEAD\nHEAD:./" + file.getFileName() + "\n", "cat-file", "--batch");
    GitProcess.Running config = git.start("", "config", "--get-all", "remote.origin.url");

    GitProcess.Output changes = status.output();
    if (changes.timedOut()) {
      return late(root);
    }
    GitObjects head = GitObjects.parse(objects.output().bytes());
    if (!changes.succeeded()) {
      return refused(git, root);
    }
    List<Warning> warnings = new ArrayList<>();
    String remote = remote(address(git, config.output()), root, warnings);
    if (head.revisionOrNull() == null) {
      warnings.add(uncommitted(root));
      return new GitFacts(null, GitFacts.WorkTree.DIRTY, remote, null, warnings);
    }
    GitChanges changed = new GitChanges(changes.text(), changes.truncated());
    if (!head.hasFile() && !changed.adds(root.relativize(file))) {
      return untracked(root, file);
    }
    return new GitFacts(
        head.revisionOrNull(),
        changed.isEmpty() ? GitFacts.WorkTree.CLEAN : GitFacts.WorkTree.DIRTY,
        remote,
        time(head, warnings),
        warnings,
        changed.paths());
  }

  private static Warning uncommitted(Path root) {
    return new Warning(
        "The git repository '" + shown(root) + "' has no commit yet.",
        "Commit the sources, so that the image can name their revision.");
  }

  private GitFacts late(Path root) {
    return unknown(
        "git did not report the state of '"
            + shown(root)
            + "' within "
            + patience.toSeconds()
            + " seconds.",
        "Run 'git status' there and see what it waits for. " + NO_REVISION);
  }

  private static GitFacts untracked(Path root, Path file) {
    return unknown(
        "The file '"
            + shown(file)
            + "' is not tracked by the git repository '"
            + shown(root)
            + "' around it.",
        "Commit it, or give its folder a repository of its own. " + NO_REVISION);
  }

  private static @Nullable Instant time(GitObjects head, List<Warning> warnings) {
    if (head.commitTimeOrNull() == null) {
      warnings.add(
          new Warning(
              "The commit '" + head.revisionOrNull() + "' has no time from 1970 to 9999.",
              "Set <project.build.outputTimestamp>, so that the image has a creation time."));
    }
    return head.commitTimeOrNull();
  }

  /**
   * As it was written, so that one clone's habits give no other digest; only what is no address
   * without them ({@code gh:shop/orders}, by {@code url.<base>.insteadOf}) is asked for in full.
   */
  private static String address(GitProcess git, GitProcess.Output config) {
    String written = config.text().lines().findFirst().orElse("");
    return SourceAddress.isShorthand(written)
        ? git.start("", "ls-remote", "--get-url", "origin")
            .output()
            .text()
            .lines()
            .findFirst()
            .orElse(written)
        : written;
  }

  private static @Nullable String remote(String url, Path root, List<Warning> warnings) {
    if (!SourceAddress.isElsewhere(url)) {
      return null;
    }
    Optional<String> clean = SourceAddress.withoutCredentials(url);
    if (clean.isEmpty()) {
      // The address is not shown: what stands before an '@' may be a password.
      warnings.add(
          new Warning(
              "The remote 'origin' of the git repository '"
                  + shown(root)
                  + "' has an '@' that may end a password.",
              "Write the sources' address without credentials into <scm><url>."));
    }
    return clean.orElse(null);
  }

  /** Asks once more, this time for git's own words: it said no, which is rare. */
  private static GitFacts refused(GitProcess git, Path root) {
    String words = git.complaint("status", "--porcelain", "--untracked-files=no");
    if (words.contains("dubious ownership") || words.contains("unsafe repository")) {
      return unknown(
          "git does not read '" + shown(root) + "': the folder belongs to another user.",
          "Run Maven as its owner, or run 'git config --global --add safe.directory "
              + shown(root)
              + "'. "
              + NO_REVISION);
    }
    String first = words.lines().findFirst().orElse("");
    return unknown(
        "git cannot read '"
            + shown(root)
            + "'"
            + (first.isEmpty() || first.contains("@") ? "" : ": '" + Printable.of(first) + "'")
            + ".",
        "Run 'git status' there and fix what it reports. " + NO_REVISION);
  }

  private static GitFacts unknown(String problem, String remedy) {
    return new GitFacts(
        null, GitFacts.WorkTree.UNKNOWN, null, null, List.of(new Warning(problem, remedy)));
  }

  /**
   * The root of the work tree that a folder is in, links not followed; empty where it is in none.
   * {@code .git} is a folder, or a file in worktrees and submodules.
   */
  public static Optional<Path> repositoryAround(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static Path real(Path project) {
    try {
      return project.toRealPath();
    } catch (IOException e) {
      return project.toAbsolutePath().normalize();
    }
  }

  private static String shown(Path path) {
    return Printable.of(path.toString());
  }
}
