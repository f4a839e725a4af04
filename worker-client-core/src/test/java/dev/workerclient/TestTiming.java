package dev.workerclient;

import dev.workerclient.internal.call.CallPath.Sleeper;
import dev.workerclient.internal.http.Cancellation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Time that stands still until it is told to pass, waits that take none, and loaded dice. */
final class TestTiming extends Clock implements Sleeper {
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private volatile Instant now = Instant.parse("2026-11-01T00:00:00Z");
  private volatile double dice = 1;

  /** What the calls waited for between attempts, in order. */
  List<Duration> waits() {
    return waits;
  }

  /** Sets what each throw of the dice shows, from 0 to 1. */
  TestTiming dice(double value) {
    dice = value;
    return this;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  WorkerClient.Builder in(WorkerClient.Builder builder) {
    return builder
        .timing(this, () -> dice, this)
        .retry(RetryOptions.ofDefaults())
        .circuitBreaker(CircuitBreakerOptions.disabled());
  }

  @Override
  public void sleep(Duration time, Cancellation cancellation) {
    waits.add(time);
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
