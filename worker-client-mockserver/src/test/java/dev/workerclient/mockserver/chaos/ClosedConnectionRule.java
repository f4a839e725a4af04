package dev.workerclient.mockserver.chaos;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * No request is written to a connection that had been closed before. An attempt of which no server
 * saw a byte is UNKNOWN only if the server ended a connection while the attempt was made. A call
 * that may be repeated finds out by writing, if its connection was idle for less than a second.
 */
final class ClosedConnectionRule implements Rule {
  private static final List<String> ROUTES = List.of("binding-proxy", "custom-domain");

  /** How far the times of the client and of the faulty proxy may differ, without a stall. */
  private static final Duration MARGIN = Duration.ofMillis(5);

  /** How long after a connection ended that may be noted. */
  private static final Duration NOTED = Duration.ofMillis(100);

  private static final Duration SHORTLY_IDLE = Duration.ofSeconds(1);

  private final FaultLog faults;
  private final Canary timers;

  ClosedConnectionRule(FaultLog faults, Canary timers) {
    this.faults = faults;
    this.timers = timers;
  }

  @Override
  public void check(CallResult result, Consumer<String> broken) {
    for (String route : ROUTES) {
      int unseen = -faults.of(route, result.call().id()).size();
      int explained = 0;
      long start = result.from();
      for (Attempt attempt : result.attempts()) {
        boolean sent = attempt.exchanges() > 0 && attempt.delivery() != Delivery.NOT_DELIVERED;
        if (sent && attempt.route().equals(route)) {
          unseen++;
          explained += isExplained(result, attempt, start) ? 1 : 0;
        }
        start += attempt.elapsed().toNanos(); // Or later, by a backoff.
      }
      if (unseen > explained) {
        broken.accept("UNKNOWN, by " + route + " on a connection that was closed before");
      }
    }
  }

  /** Whether it may have come to no server although its connection was open when it began. */
  private boolean isExplained(CallResult result, Attempt attempt, long start) {
    long margin = MARGIN.plus(timers.late(result.from(), result.to())).toNanos();
    long before = margin + (result.call().isRepeatable() ? SHORTLY_IDLE.toNanos() : 0);
    return "WORKER_TIMEOUT".equals(attempt.failure())
        || result.attempts().stream().anyMatch(Attempt::isHedge)
        || faults.endedByServerIn(
            attempt.route(), start - before, result.to() + NOTED.toNanos() + margin);
  }
}
