package dev.workerclient.internal.call.simulation;

import static dev.workerclient.internal.call.simulation.Scenario.SECOND;

import dev.workerclient.internal.call.CallPath.HedgePolicy;
import dev.workerclient.internal.call.Latencies;
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
 * @param percentile after which a call is hedged, and whether an attempt ends early that takes far
 *     longer than usual; 0 for neither
 * @param maxPercent how many of 100 calls may be hedged
 */
record Policy(
    String name,
    boolean library,
    int tokens,
    boolean adaptive,
    @Nullable Duration openTime,
    int percentile,
    int maxPercent) {
  private static final int UNLIMITED = 1_000_000_000;
  private static final Duration OPEN = Duration.ofSeconds(30);

  static final Policy NAIVE = new Policy("naive loop", false, 0, false, null, 0, 0);
  static final Policy RETRIES = new Policy("retries alone", true, UNLIMITED, false, null, 0, 0);
  static final Policy BUDGET = new Policy("retries and budget", true, 500, false, null, 0, 0);
  static final Policy BREAKERS =
      new Policy("retries and breakers", true, UNLIMITED, true, null, 0, 0);
  static final Policy DEFAULTS = new Policy("worker-client", true, 500, true, null, 99, 5);
  static final Policy FIXED = new Policy("30 s open", true, 500, false, OPEN, 0, 0);

  /** Where it is shown: retries alone only on a tenth of the fleet, since it takes most work. */
  Scenario shownOn() {
    return equals(RETRIES) ? Scenario.TENTH : Scenario.FLEET;
  }

  Policy named(String other) {
    return new Policy(other, library, tokens, adaptive, openTime, percentile, maxPercent);
  }

  Policy withOpenTime(Duration time) {
    return new Policy(name, library, tokens, false, time, percentile, maxPercent);
  }

  Policy withTokens(int number) {
    return new Policy(name, library, number, adaptive, openTime, percentile, maxPercent);
  }

  Client client(Attempts attempts, long period) {
    return library ? new LibraryClient(attempts, period, this) : new NaiveClient(attempts, period);
  }

  Policy withoutHedges() {
    return hedging(0, 0);
  }

  Policy hedging(int after, int most) {
    return new Policy(name, library, tokens, adaptive, openTime, after, most);
  }

  boolean hedges() {
    return percentile > 0;
  }

  @Nullable Latencies latencies() {
    return hedges() ? new Latencies(percentile) : null;
  }

  @Nullable HedgePolicy hedging() {
    return hedges() ? new HedgePolicy(false, Library.LEAST_DELAY, SECOND, 100 / maxPercent) : null;
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
            adaptive,
            10,
            5,
            50,
            100,
            Duration.ofMinutes(1),
            open,
            2,
            Duration.ZERO,
            2,
            null,
            clock,
            random));
  }
}
