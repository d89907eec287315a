package io.github.goldenmaven.packaging.container;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/** The two times of {@code <container>}. Neither may come from the clock. */
public final class WrittenTime {

  /** What jib gives every file, and what layers get where nothing else is said. */
  public static final Instant EPOCH_PLUS_SECOND = Instant.ofEpochSecond(1);

  /** As jib reads it: ISO 8601, the offset with or without its colon. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_DATE_TIME)
          .optionalStart()
          .appendOffset("+HHmm", "+0000")
          .optionalEnd()
          .toFormatter();

  private WrittenTime() {}

  /** The time that all files of the service get. */
  public static Instant ofFiles(@Nullable String written) {
    return written == null || written.equals("EPOCH_PLUS_SECOND")
        ? EPOCH_PLUS_SECOND
        : parse("<container><filesModificationTime>", "EPOCH_PLUS_SECOND", written);
  }

  static @Nullable Instant ofCreation(@Nullable String written) {
    if (written == null) {
      return null;
    }
    if (written.equals("USE_CURRENT_TIMESTAMP")) {
      throw new RefusedException(
          "'USE_CURRENT_TIMESTAMP' in <container><creationTime> makes another image of every"
              + " build.",
          "Leave <container><creationTime> out: the time is project.build.outputTimestamp, else"
              + " the commit's.");
    }
    return written.equals("EPOCH")
        ? Instant.EPOCH
        : parse("<container><creationTime>", "EPOCH", written);
  }

  private static Instant parse(String parameter, String word, String written) {
    try {
      Instant time = ISO.parse(written, Instant::from);
      if (!time.isBefore(Instant.EPOCH)) {
        return time;
      }
    } catch (DateTimeException refusedBelow) {
      // Falls through to the one refusal.
    }
    throw new RefusedException(
        "'" + Printable.of(written) + "' in " + parameter + " is not a time.",
        "Write '"
            + word
            + "' or an ISO 8601 time since 1970 with its offset, like '2026-11-23T00:00:00Z', in "
            + parameter
            + ".");
  }
}
