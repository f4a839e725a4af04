package dev.workerclient.internal.call.simulation;

import dev.workerclient.internal.call.RetryBudget;
import dev.workerclient.internal.route.RouteBreaker;
import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How clients send calls again.
 *
 * @param name in tables
 * @param library whether the library does it, rather than a loop written by hand
 * @param tokens of the retry budget
 * @param adaptive whether breakers are the library's default
 * @param openTime of breakers with fixed thresholds, or null if there are none
 */
record Policy(
    String name, boolean library, int tokens, boolean adaptive, @Nullable Duration openTime) {
  private static final int UNLIMITED = 1_000_000_000;
  private static final Duration OPEN = Duration.ofSeconds(30);

  static final Policy NAIVE = new Policy("naive loop", false, 0, false, null);
  static final Policy RETRIES = new Policy("retries alone", true, UNLIMITED, false, null);
  static final Policy BUDGET = new Policy("retries and budget", true, 500, false, null);
  static final Policy BREAKERS = new Policy("retries and breakers", true, UNLIMITED, true, null);
  static final Policy DEFAULTS = new Policy("worker-client", true, 500, true, null);
  static final Policy FIXED = new Policy("30 s open", true, 500, false, OPEN);

  /** Where it is shown: retries alone only on a tenth of the fleet, since it takes most work. */
  Scenario shownOn() {
    return equals(RETRIES) ? Scenario.TENTH : Scenario.FLEET;
  }

  Policy named(String other) {
    return new Policy(other, library, tokens, adaptive, openTime);
  }

  Policy withOpenTime(Duration time) {
    return new Policy(name, library, tokens, false, time);
  }

  Policy withTokens(int number) {
    return new Policy(name, library, number, adaptive, openTime);
  }

  Client client(Attempts attempts, long period) {
    return library ? new LibraryClient(attempts, period, this) : new NaiveClient(attempts, period);
  }

  RetryBudget budget() {
    return new RetryBudget(tokens, 14, 5);
  }

  /**
   * The breaker of one route. Half-open, it waits for ever: resilience4j would count those 10 s by
   * real time.
   */
  @Nullable RouteBreaker breaker(String route, Clock clock, DoubleSupplier random) {
    if (!adaptive && openTime == null) {
      return null;
    }
    Duration open = openTime == null ? OPEN : openTime;
    return RouteBreaker.of(
        "simulated",
        route,
        new RouteBreaker.Policy(
            adaptive, 10, 5, 50, open, 2, Duration.ZERO, 2, null, clock, random));
  }
}
