package dev.workerclient.internal.call;

import java.time.Duration;

/**
 * The limits of a call.
 *
 * @param callTime the whole call
 * @param attemptTime one attempt
 * @param readIdle how long a streamed body may send nothing
 * @param maxResponseBytes the most bytes of a buffered body, decompressed
 * @param retry how often it may be sent
 * @param hurried whether the call brought a time of its own that is shorter than an attempt's
 */
public record CallOptions(
    Duration callTime,
    Duration attemptTime,
    Duration readIdle,
    long maxResponseBytes,
    RetryPolicy retry,
    boolean hurried) {

  /** The limits of a service. */
  public CallOptions(
      Duration callTime,
      Duration attemptTime,
      Duration readIdle,
      long maxResponseBytes,
      RetryPolicy retry) {
    this(callTime, attemptTime, readIdle, maxResponseBytes, retry, false);
  }

  /** The same limits but for the whole call's. */
  public CallOptions within(Duration time) {
    boolean shorter = time.compareTo(attemptTime) < 0 && time.compareTo(callTime) < 0;
    return new CallOptions(time, attemptTime, readIdle, maxResponseBytes, retry, shorter);
  }

  /** The same but for that policy. */
  public CallOptions with(RetryPolicy policy) {
    return new CallOptions(callTime, attemptTime, readIdle, maxResponseBytes, policy, hurried);
  }

  /** The same, with one attempt of that time at most: what a probe gets. */
  public CallOptions probing() {
    return new CallOptions(attemptTime, attemptTime, readIdle, maxResponseBytes, retry, false);
  }
}
