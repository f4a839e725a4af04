package dev.workerclient.internal.call.simulation;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The wall clock of a process in virtual time. */
final class ProcessClock extends Clock {
  private final Timeline time;

  ProcessClock(Timeline time) {
    this.time = time;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(time.now());
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
