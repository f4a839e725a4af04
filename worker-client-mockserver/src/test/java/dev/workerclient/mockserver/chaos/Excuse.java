package dev.workerclient.mockserver.chaos;

import dev.workerclient.error.Attempt;
import java.time.Duration;

/** When a timeout or a cancel is nobody's fault. */
final class Excuse {
  private static final Duration STALL = Duration.ofMillis(100);

  /** What the binding proxy takes off an attempt's limit, and a little for the exchange itself. */
  private static final Duration MARGIN = Duration.ofMillis(160);

  private final Canary exchanges;

  /** Makes one; the canary is of exchanges with the same target. */
  Excuse(Canary exchanges) {
    this.exchanges = exchanges;
  }

  /** The call's own time was up, or whoever exchanged anything had to wait. */
  boolean coversTimeout(CallResult result, Attempt attempt) {
    Duration left = result.call().time().minus(result.elapsed());
    return "WORKER_TIMEOUT".equals(attempt.failure())
        && (left.compareTo(MARGIN) < 0 || isStalled(result));
  }

  /** Another route answered first, so that this attempt was cancelled wherever it was. */
  boolean coversCancel(CallResult result, Attempt attempt) {
    return "WORKER_CANCELLED".equals(attempt.failure())
        && result.attempts().stream().anyMatch(Attempt::isHedge);
  }

  /** Either of them. */
  boolean covers(CallResult result, Attempt attempt) {
    return coversTimeout(result, attempt) || coversCancel(result, attempt);
  }

  boolean isStalled(CallResult result) {
    return exchanges.late(result.from(), result.to()).compareTo(STALL) >= 0;
  }
}
