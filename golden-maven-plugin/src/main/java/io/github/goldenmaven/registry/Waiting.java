package io.github.goldenmaven.registry;

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
record Waiting(Clock clock, Sleeper sleeper, DoubleSupplier jitter) {

  /** Lets time pass. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;
  }

  static Waiting real() {
    return new Waiting(
        Clock.systemUTC(),
        duration -> Thread.sleep(duration.toMillis()),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /** Twice as long each time, and never two clients in step: half of it is left to chance. */
  Duration backoff(int attempt) {
    long ceiling = 400L << Math.min(attempt, 5);
    return Duration.ofMillis(Math.round(ceiling * (0.5 + 0.5 * jitter.getAsDouble())));
  }

  void pause(Duration duration) {
    try {
      sleeper.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(
          "The wait for a registry was interrupted.", "Run the build again.", e);
    }
  }
}
