package dev.workerclient.internal.call;

import java.time.Duration;

/**
 * The limits of a call.
 *
 * @param callTime the whole call
 * @param attemptTime one attempt
 * @param readIdle how long a streamed body may send nothing
 * @param maxResponseBytes the most bytes of a buffered body, decompressed
 */
public record CallOptions(
    Duration callTime, Duration attemptTime, Duration readIdle, long maxResponseBytes) {

  /** The same limits but for the whole call's. */
  public CallOptions within(Duration time) {
    return new CallOptions(time, attemptTime, readIdle, maxResponseBytes);
  }
}
