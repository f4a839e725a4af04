package dev.workerclient.internal.route;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once when a route is left out, and once when it is back. Thread-safe. */
final class BreakerLog {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  private final String service;
  private final String route;
  private final AtomicBoolean down = new AtomicBoolean();

  BreakerLog(String service, String route) {
    this.service = service;
    this.route = route;
  }

  void opened(boolean misconfigured, Duration time, String reason) {
    String how = misconfigured ? "is misconfigured" : "fails";
    if (down.compareAndSet(false, true)) {
      LOGGER.warn(
          "service {}: route {} {} and is left out for {} ms: {}",
          service,
          route,
          how,
          time.toMillis(),
          reason);
    } else {
      LOGGER.debug("service {}: route {} still {}: {}", service, route, how, reason);
    }
  }

  void recovered() {
    if (down.get() && down.compareAndSet(true, false)) {
      LOGGER.warn("service {}: route {} is well again", service, route);
    }
  }
}
