package dev.workerclient.internal.http;

import java.time.Duration;

/**
 * The limits of a call.
 *
 * @param callTime the whole call
 * @param attemptTime one attempt
 * @param readIdle how long a streamed body may send nothing
 * @param maxResponseBytes the most bytes of a buffered body, decompressed
 * @param usualAttemptTime one attempt of a call that brings no time of its own for it
 * @param hurried whether the call brought a time of its own that is shorter than an attempt's
 */
public record CallLimits(
    Duration callTime,
    Duration attemptTime,
    Duration readIdle,
    long maxResponseBytes,
    Duration usualAttemptTime,
    boolean hurried) {

  /** The limits of a service. */
  public CallLimits(
      Duration callTime, Duration attemptTime, Duration readIdle, long maxResponseBytes) {
    this(callTime, attemptTime, readIdle, maxResponseBytes, attemptTime, false);
  }

  /** The same limits but for the whole call's. */
  public CallLimits within(Duration time) {
    boolean shorter = time.compareTo(usualAttemptTime) < 0 && time.compareTo(callTime) < 0;
    return new CallLimits(
        time, attemptTime, readIdle, maxResponseBytes, usualAttemptTime, hurried || shorter);
  }

  /** The same limits but for an attempt's. */
  public CallLimits withAttempts(Duration time) {
    return new CallLimits(
        callTime,
        time,
        readIdle,
        maxResponseBytes,
        usualAttemptTime,
        hurried || time.compareTo(usualAttemptTime) < 0);
  }

  /** Whether an attempt has less time than that of other calls, so that its end says little. */
  public boolean hurriesAttempts() {
    return attemptTime.compareTo(usualAttemptTime) < 0;
  }

  /** The same, with one attempt of that time at most: what a probe gets. */
  public CallLimits probing() {
    return new CallLimits(usualAttemptTime, usualAttemptTime, readIdle, maxResponseBytes);
  }
}
