package io.github.goldenmaven.provenance;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The date that a platform team gives a golden image, {@code golden.created}. Unlike {@link
 * OutputTimestamp} it cannot be switched off, because nothing inherits it: a pipeline whose
 * variable is empty is told so.
 */
public final class CreationTime {

  /** How far two machines' clocks may be apart. */
  private static final Duration CLOCKS = Duration.ofMinutes(5);

  private CreationTime() {}

  /**
   * The time in whole seconds.
   *
   * @param now which it may not be after: a gate refuses an image that is still to be made
   * @throws RefusedException when it is none, 1970 itself, which stands for no date, or to come
   */
  public static Instant parse(String written, Instant now) {
    String text = written.strip();
    if (text.isEmpty()) {
      throw refused("The golden image's date is blank.", now);
    }
    String shown = "The golden image's date '" + Printable.of(text) + "'";
    Instant time =
        OutputTimestamp.time(text)
            .filter(Instant.EPOCH::isBefore)
            .orElseThrow(() -> refused(shown + " is not a time after 1970 and before 10000.", now));
    if (time.isAfter(now.plus(CLOCKS))) {
      throw refused(shown + " is still to come.", now);
    }
    return time;
  }

  private static RefusedException refused(String problem, Instant now) {
    return new RefusedException(
        problem,
        "Write one like '"
            + now.truncatedTo(ChronoUnit.SECONDS)
            + "', or seconds since 1970, into <created> or -Dgolden.created, or leave it out.");
  }
}
