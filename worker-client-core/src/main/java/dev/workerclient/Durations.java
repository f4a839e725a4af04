package dev.workerclient;

import java.time.Duration;
import java.util.Objects;

/** Checks the times that a user sets. */
final class Durations {
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration MOST = Duration.ofDays(1);

  private Durations() {}

  /**
   * Returns the time.
   *
   * @throws IllegalArgumentException unless it is 1 ms to 1 day
   */
  static Duration require(String setter, Duration time) {
    Objects.requireNonNull(time, "time"); // So its parameter is named everywhere.
    if (time.compareTo(LEAST) < 0 || time.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          setter
              + " was given "
              + time
              + "; write a time from 1 ms to 1 day, such as Duration.ofSeconds(3). There is no"
              + " value for \"no limit\"");
    }
    return time;
  }
}
