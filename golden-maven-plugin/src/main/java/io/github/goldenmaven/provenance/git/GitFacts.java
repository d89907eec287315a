package io.github.goldenmaven.provenance.git;

import io.github.goldenmaven.text.Printable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What git knows about the sources of a build. Whatever could not be found out is absent, and said
 * in a warning.
 *
 * @param revisionOrNull the commit checked out, 40 or 64 lower-case hex digits
 * @param workTree whether the sources are exactly that commit's
 * @param remoteOrNull where {@code origin} is, without credentials; absent where it is a folder
 * @param commitTimeOrNull when the commit was made, by its committer's clock
 * @param changed paths in the repository that differ from the commit, as far as they were listed
 */
public record GitFacts(
    @Nullable String revisionOrNull,
    WorkTree workTree,
    @Nullable String remoteOrNull,
    @Nullable Instant commitTimeOrNull,
    List<Warning> warnings,
    List<String> changed) {

  private static final int NAMED = 5;

  /** A project that is in no git repository. */
  public static final GitFacts NONE = new GitFacts(null, WorkTree.UNKNOWN, null, null, List.of());

  /** How the work tree stands to the revision. */
  public enum WorkTree {
    /** The sources are the revision's, and nothing beside them that git does not ignore. */
    CLEAN,
    /** Something in the repository is changed, added, missing or not yet known to git. */
    DIRTY,
    /** It could not be found out. */
    UNKNOWN
  }

  public GitFacts {
    warnings = List.copyOf(warnings);
    changed = List.copyOf(changed);
  }

  /** Where no changed path is known. */
  public GitFacts(
      @Nullable String revisionOrNull,
      WorkTree workTree,
      @Nullable String remoteOrNull,
      @Nullable Instant commitTimeOrNull,
      List<Warning> warnings) {
    this(revisionOrNull, workTree, remoteOrNull, commitTimeOrNull, warnings, List.of());
  }

  /** The first changed paths, to end a sentence with: {@code : 'pom.xml', 'src/' and 3 more}. */
  public String changedShown() {
    if (changed.isEmpty()) {
      return "";
    }
    String first =
        changed.stream()
            .limit(NAMED)
            .map(path -> "'" + Printable.of(path) + "'")
            .collect(Collectors.joining(", ", ": ", ""));
    return changed.size() > NAMED ? first + " and " + (changed.size() - NAMED) + " more" : first;
  }

  public Optional<String> revision() {
    return Optional.ofNullable(revisionOrNull);
  }

  public Optional<String> remote() {
    return Optional.ofNullable(remoteOrNull);
  }

  public Optional<Instant> commitTime() {
    return Optional.ofNullable(commitTimeOrNull);
  }
}
