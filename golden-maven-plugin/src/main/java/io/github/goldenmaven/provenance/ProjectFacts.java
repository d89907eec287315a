package io.github.goldenmaven.provenance;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the POM says about a project, as Maven has interpolated and inherited it.
 *
 * @param name {@code <name>}; Maven's default is the artifact ID
 * @param scmUrlOrNull {@code <scm><url>}
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

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

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
    String text = outputTimestampOrNull == null ? "" : outputTimestampOrNull.strip();
    if (text.length() < 2) {
      // Maven's way to switch an inherited timestamp off: empty, or any one character.
      return Optional.empty();
    }
    try {
      Instant instant =
          text.chars().allMatch(unit -> '0' <= unit && unit <= '9')
              ? Instant.ofEpochSecond(Long.parseLong(text))
              : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
      if (!instant.isBefore(Instant.EPOCH) && !instant.isAfter(LATEST)) {
        return Optional.of(instant);
      }
    } catch (DateTimeException | NumberFormatException e) {
      throw notATimestamp(text, e);
    }
    throw notATimestamp(text, null);
  }

  private static RefusedException notATimestamp(String text, @Nullable Exception cause) {
    return new RefusedException(
        "The output timestamp '" + Printable.of(text) + "' is not a time from 1970 to 9999.",
        "Write one like '2026-11-23T00:00:00Z', or seconds since 1970, into the property"
            + " <project.build.outputTimestamp>.",
        cause);
  }
}
