package io.github.goldenmaven.registry.http;

import io.github.goldenmaven.UnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Time as the retries see it, so that no test sleeps.
 *
 * @param jitter a number from 0 to 1, another one each time
 */
public record Backoff(Clock clock, Sleeper sleeper, DoubleSupplier jitter) {

  /** Lets time pass. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  public static Backoff real() {
    return new Backoff(
        Clock.systemUTC(),
        duration -> Thread.sleep(duration.toMillis()),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /** Twice as long each time, and never two clients in step: half of it is left to chance. */
  public Duration backoff(int attempt) {
    long ceiling = 400L << Math.min(attempt, 5);
    return Duration.ofMillis(Math.round(ceiling * (0.5 + 0.5 * jitter.getAsDouble())));
  }

  public void pause(Duration duration) {
    try {
      sleeper.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(
          "The wait for a registry was interrupted.", "Run the build again.", e);
    }
  }
}
