package io.github.goldenmaven.registry.http;

import java.time.Duration;

/**
 * How long a registry may take.
 *
 * @param connect until a connection is there
 * @param answer from the end of a request to the head of its answer, and for all of a small answer
 * @param idle between two bytes of a long transfer
 */
public record Timeouts(Duration connect, Duration answer, Duration idle) {

  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60));

  /** A registry hashes and moves an uploaded layer before it answers: that takes longer. */
  Duration commit() {
    return answer.multipliedBy(5);
  }
}
