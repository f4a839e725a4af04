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
 * @param hedges whether it hedges, and ends attempts early that take far longer than usual
 */
record Policy(
    String name,
    boolean library,
    int tokens,
    boolean adaptive,
    @Nullable Duration openTime,
    boolean hedges) {
  private static final int UNLIMITED = 1_000_000_000;
  private static final Duration OPEN = Duration.ofSeconds(30);

  static final Policy NAIVE = new Policy("naive loop", false, 0, false, null, false);
  static final Policy RETRIES = new Policy("retries alone", true, UNLIMITED, false, null, false);
  static final Policy BUDGET = new Policy("retries and budget", true, 500, false, null, false);
  static final Policy BREAKERS =
      new Policy("retries and breakers", true, UNLIMITED, true, null, false);
  static final Policy DEFAULTS = new Policy("worker-client", true, 500, true, null, true);
  static final Policy FIXED = new Policy("30 s open", true, 500, false, OPEN, false);

  /** Where it is shown: retries alone only on a tenth of the fleet, since it takes most work. */
  Scenario shownOn() {
    return equals(RETRIES) ? Scenario.TENTH : Scenario.FLEET;
  }

  Policy named(String other) {
    return new Policy(other, library, tokens, adaptive, openTime, hedges);
  }

  Policy withOpenTime(Duration time) {
    return new Policy(name, library, tokens, false, time, hedges);
  }

  Policy withTokens(int number) {
    return new Policy(name, library, number, adaptive, openTime, hedges);
  }

  Client client(Attempts attempts, long period) {
    return library ? new LibraryClient(attempts, period, this) : new NaiveClient(attempts, period);
  }

  Policy withoutHedges() {
    return new Policy(name, library, tokens, adaptive, openTime, false);
  }

  @Nullable Latencies latencies() {
    return hedges ? new Latencies(99) : null;
  }

  /** The library's default. */
  @Nullable HedgePolicy hedging() {
    return hedges ? new HedgePolicy(false, Library.LEAST_DELAY, SECOND, 20) : null;
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
