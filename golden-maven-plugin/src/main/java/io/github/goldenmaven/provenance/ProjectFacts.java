package io.github.goldenmaven.provenance;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.provenance.git.GitFacts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a project says of itself: in its own POM, or in that of a parent in the same checkout. What
 * any other parent says is that parent's.
 *
 * @param name {@code <name>}; Maven's default is the artifact ID
 * @param scmUrlOrNull {@code <scm><url>}, else {@code <scm><connection>}, else {@code
 *     <developerConnection>}
 * @param organizationOrNull {@code <organization><name>}
 * @param licenses each {@code <licenses><license><name>}
 * @param outputTimestampOrNull {@code project.build.outputTimestamp} as written
 */
public record ProjectFacts(
    Coordinates coordinates,
    String name,
    @Nullable String descriptionOrNull,
    @Nullable String urlOrNull,
    @Nullable String scmUrlOrNull,
    @Nullable String organizationOrNull,
    List<String> licenses,
    @Nullable String outputTimestampOrNull) {

  public ProjectFacts {
    licenses = List.copyOf(licenses);
  }

  /** The same project, with another time written down for its image. */
  public ProjectFacts createdAt(Instant created) {
    return new ProjectFacts(
        coordinates,
        name,
        descriptionOrNull,
        urlOrNull,
        scmUrlOrNull,
        organizationOrNull,
        licenses,
        created.toString());
  }

  /**
   * When the image was made, the same on every build: {@code project.build.outputTimestamp}, else
   * the commit's time, else the epoch.
   *
   * @throws RefusedException when the timestamp is malformed
   */
  public Instant created(GitFacts git) {
    return outputTimestamp().or(git::commitTime).orElse(Instant.EPOCH);
  }

  /**
   * {@code project.build.outputTimestamp} in whole seconds; empty where it is off.
   *
   * @throws RefusedException when it is malformed
   * @see <a href="https://maven.apache.org/guides/mini/guide-reproducible-builds.html">Configuring
   *     for reproducible builds</a>
   */
  public Optional<Instant> outputTimestamp() {
    return OutputTimestamp.parse(outputTimestampOrNull);
  }
}
