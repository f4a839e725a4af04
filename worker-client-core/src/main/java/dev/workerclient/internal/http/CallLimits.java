package dev.workerclient.internal.http;

import java.time.Duration;

/**
 * The limits of a call.
 *
 * @param callTime the whole call
 * @param attemptTime one attempt
 * @param readIdle how long a streamed body may send nothing
 * @param maxResponseBytes the most bytes of a buffered body, decompressed
 * @param hurried whether the call brought a time of its own that is shorter than an attempt's
 */
public record CallLimits(
    Duration callTime,
    Duration attemptTime,
    Duration readIdle,
    long maxResponseBytes,
    boolean hurried) {

  /** The limits of a service. */
  public CallLimits(
      Duration callTime, Duration attemptTime, Duration readIdle, long maxResponseBytes) {
    this(callTime, attemptTime, readIdle, maxResponseBytes, false);
  }

  /** The same limits but for the whole call's. */
  public CallLimits within(Duration time) {
    boolean shorter = time.compareTo(attemptTime) < 0 && time.compareTo(callTime) < 0;
    return new CallLimits(time, attemptTime, readIdle, maxResponseBytes, shorter);
  }

  /** The same, with one attempt of that time at most: what a probe gets. */
  public CallLimits probing() {
    return new CallLimits(attemptTime, attemptTime, readIdle, maxResponseBytes, false);
  }
}
