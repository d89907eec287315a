package io.github.goldenmaven.provenance;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Maven's {@code project.build.outputTimestamp}.
 *
 * @see <a href="https://maven.apache.org/guides/mini/guide-reproducible-builds.html">Configuring
 *     for reproducible builds</a>
 */
public final class OutputTimestamp {

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private OutputTimestamp() {}

  /**
   * The time in whole seconds; empty where it is off.
   *
   * @throws RefusedException when it is malformed
   */
  public static Optional<Instant> parse(@Nullable String written) {
    String text = written == null ? "" : written.strip();
    if (text.length() < 2) {
      // Maven's way to switch an inherited timestamp off: empty, or any one character.
      return Optional.empty();
    }
    Optional<Instant> time = time(text);
    if (time.isEmpty()) {
      throw notATimestamp(text);
    }
    return time;
  }

  /** A time from 1970 to 9999 in whole seconds; empty where the text is none. */
  static Optional<Instant> time(String text) {
    try {
      Instant instant =
          text.chars().allMatch(unit -> '0' <= unit && unit <= '9')
              ? Instant.ofEpochSecond(Long.parseLong(text))
              : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
      return Optional.of(instant)
          .filter(time -> !time.isBefore(Instant.EPOCH) && !time.isAfter(LATEST));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static RefusedException notATimestamp(String text) {
    return new RefusedException(
        "The output timestamp '" + Printable.of(text) + "' is not a time from 1970 to 9999.",
        "Write one like '2026-11-23T00:00:00Z', or seconds since 1970, into the property"
            + " <project.build.outputTimestamp>.");
  }
}
