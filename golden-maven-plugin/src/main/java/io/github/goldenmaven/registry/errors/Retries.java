package io.github.goldenmaven.registry.errors;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.registry.http.Backoff;
import io.github.goldenmaven.registry.http.Response;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what may well work a moment later: a busy or stumbling registry, a broken connection.
 * Never for long: after {@link #ATTEMPTS} the registry counts as unavailable.
 */
public final class Retries {

  public static final int ATTEMPTS = 4;

  /** The longest {@code Retry-After} that is waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Set<Integer> PASSING = Set.of(429, 500, 502, 503, 504);

  private final Backoff waiting;
  private final RegistryErrors failures;

  public Retries(Backoff waiting, RegistryErrors failures) {
    this.waiting = waiting;
    this.failures = failures;
  }

  /** One try of something. */
  @FunctionalInterface
  public interface Try {
    public Response send() throws IOException;
  }

  /** The first answer that is no passing trouble. */
  public Response send(Try request) {
    for (int attempt = 1; ; attempt++) {
      try {
        Response answer = request.send();
        if (!isPassing(answer)) {
          return answer;
        }
        pause(attempt, answer);
      } catch (IOException e) {
        pause(attempt, e);
      }
    }
  }

  public static boolean isPassing(Response answer) {
    return PASSING.contains(answer.status());
  }

  /**
   * Waits as long as the server asks for, or as we think right.
   *
   * @throws UnavailableException when that is too long, or was done often enough
   */
  public void pause(int attempt, Response answer) {
    Optional<Duration> asked = retryAfter(answer.header("Retry-After").orElse(null));
    if (asked.isPresent() && asked.get().compareTo(PATIENCE) > 0) {
      throw failures.askedToWait(answer, asked.get());
    }
    if (attempt >= ATTEMPTS) {
      throw failures.keepsAnswering(answer, attempt);
    }
    answer.discard();
    Duration own = waiting.backoff(attempt);
    waiting.pause(asked.filter(wish -> wish.compareTo(own) > 0).orElse(own));
  }

  /**
   * Waits after a broken connection.
   *
   * @throws io.github.goldenmaven.GoldenException when another try would end the same way, or was
   *     done often enough
   */
  public void pause(int attempt, IOException fault) {
    if (attempt >= ATTEMPTS || isFinal(fault)) {
      throw failures.unreachable(fault);
    }
    waiting.pause(waiting.backoff(attempt));
  }

  private static boolean isFinal(IOException fault) {
    return NoAnswer.has(fault, ConnectException.class)
        || NoAnswer.has(fault, HttpTimeoutException.class)
        || NoAnswer.isDistrust(fault)
        || NoAnswer.isNotTls(fault)
        || NoAnswer.alert(fault).isPresent()
        || NoAnswer.tunnelStatus(fault).filter(status -> !status.startsWith("5")).isPresent()
        || NoAnswer.has(fault, InterruptedIOException.class)
        || NoAnswer.has(fault, Response.TooLargeException.class);
  }

  /** Seconds or a date; empty where it is neither. */
  private Optional<Duration> retryAfter(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    String wish = header.strip();
    if (wish.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(wish)));
    }
    if (wish.matches("[0-9]{10,}")) {
      return Optional.of(Duration.ofSeconds(999_999_999));
    }
    try {
      Duration until =
          Duration.between(
              waiting.clock().instant(),
              ZonedDateTime.parse(wish, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return Optional.of(until.isNegative() ? Duration.ZERO : until);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** How a wait reads. */
  static String spoken(Duration wait) {
    long seconds = wait.toSeconds();
    return Printable.of(
        seconds < 120
            ? seconds + " seconds"
            : seconds < 7200
                ? wait.toMinutes() + " minutes"
                : wait.toDays() < 2 ? wait.toHours() + " hours" : wait.toDays() + " days");
  }
}
