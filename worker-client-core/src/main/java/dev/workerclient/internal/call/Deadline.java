package dev.workerclient.internal.call;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The one deadline of a call. Immutable. */
final class Deadline {
  private final LongSupplier nanoTime;
  private final long end;

  private Deadline(LongSupplier nanoTime, long end) {
    this.nanoTime = nanoTime;
    this.end = end;
  }

  static Deadline after(Duration time, LongSupplier nanoTime) {
    return new Deadline(nanoTime, nanoTime.getAsLong() + time.toNanos());
  }

  /** What is left; zero or less once it has passed. */
  Duration left() {
    return Duration.ofNanos(end - nanoTime.getAsLong());
  }
}
