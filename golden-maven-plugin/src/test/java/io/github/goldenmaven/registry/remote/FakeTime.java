package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.registry.http.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A clock that moves only when somebody sleeps, and remembers for how long. */
public final class FakeTime extends Clock {

  private final List<Duration> sleeps = Collections.synchronizedList(new ArrayList<>());
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");

  public Backoff waiting() {
    return new Backoff(this, this::pass, () -> 1);
  }

  synchronized void pass(Duration duration) {
    sleeps.add(duration);
    now = now.plus(duration);
  }

  public List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
