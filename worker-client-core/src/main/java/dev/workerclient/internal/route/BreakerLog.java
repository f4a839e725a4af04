package dev.workerclient.internal.route;

import dev.workerclient.internal.route.RouteFailure.Symptom;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a WARN when a route is skipped, once until it recovers and at most once a minute, and an
 * INFO when it is healthy again. Thread-safe.
 */
final class BreakerLog {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");
  private static final long QUIET_MILLIS = 60_000;

  private final String service;
  private final String route;
  private final Clock clock;
  private volatile boolean down;
  private boolean warned;
  private long lastWarning;

  BreakerLog(String service, String route, Clock clock) {
    this.service = service;
    this.route = route;
    this.clock = clock;
  }

  /**
   * Notes that the route no longer takes all calls.
   *
   * @param skipped whether calls go elsewhere, or are refused
   */
  synchronized void opened(RouteFailure reason, boolean skipped) {
    boolean misconfigured = reason.symptom() == Symptom.MISCONFIGURED;
    String how =
        switch (reason.symptom()) {
          case MISCONFIGURED -> "misconfigured";
          case SLOW -> "slower than usual";
          default -> "failing";
        };
    if (down) {
      LOGGER.debug("service {}: route {} is still {}: {}", service, route, how, reason.summary());
      return;
    }
    down = true;
    long now = clock.millis();
    if (lastWarning != 0 && now - lastWarning >= 0 && now - lastWarning < QUIET_MILLIS) {
      LOGGER.debug("service {}: route {} is {} again: {}", service, route, how, reason.summary());
      return;
    }
    warned = true;
    lastWarning = now;
    LOGGER.warn(
        "service {}: route {} is {} and is {}: {}",
        service,
        route,
        how,
        skipped || misconfigured ? "skipped" : "only tried at intervals",
        reason.summary());
  }

  void recovered() {
    if (down) {
      recover();
    }
  }

  private synchronized void recover() {
    if (down && warned) {
      LOGGER.info("service {}: route {} is healthy again", service, route);
    }
    down = false;
    warned = false;
  }

  synchronized void reset() {
    down = false;
    warned = false;
    lastWarning = 0;
  }
}
