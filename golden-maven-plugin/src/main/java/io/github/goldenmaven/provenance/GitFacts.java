package io.github.goldenmaven.provenance;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What git knows about the sources of a build. Whatever could not be found out is absent, and said
 * in a warning.
 *
 * @param revisionOrNull the commit checked out, 40 or 64 lower-case hex digits
 * @param workTree whether the sources are exactly that commit's
 * @param remoteOrNull where {@code origin} is, without credentials; absent where it is a folder
 * @param commitTimeOrNull when the commit was made, by its committer's clock
 */
public record GitFacts(
    @Nullable String revisionOrNull,
    WorkTree workTree,
    @Nullable String remoteOrNull,
    @Nullable Instant commitTimeOrNull,
    List<Warning> warnings) {

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
