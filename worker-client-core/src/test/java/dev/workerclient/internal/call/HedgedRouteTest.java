package dev.workerclient.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.call.CallPath.HedgePolicy;
import dev.workerclient.internal.call.CallPath.Resilience;
import dev.workerclient.internal.call.CallPath.Sender;
import dev.workerclient.internal.call.Latencies.Latency;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.Origin;
import dev.workerclient.internal.route.Route;
import dev.workerclient.internal.route.RouteHeaders;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** After which hedges more are sent. */
class HedgedRouteTest {
  private static final long MILLI = 1_000_000;
  private static final long LEAST = 10;

  private final RetryBudget budget = new RetryBudget(100, 14, 5);
  private final Call call = CallTest.call(3, true, () -> 0);

  private HedgedRoute routeOf(long usualMillis) {
    Latencies latencies = new Latencies(99);
    for (int i = 0; i < Latency.LEAST; i++) {
      latencies.of(call.spec).add(usualMillis * MILLI);
    }
    Route route =
        new BindingProxyRoute(
            Origin.parse("bindingProxy(…)", "https://proxy.example.com", Set.of()),
            new RouteHeaders.Builder("the binding proxy").build(List.of()),
            "ORDERS");
    GuardedRoute first = new GuardedRoute(route, null, null, latencies);
    GuardedRoute next = new GuardedRoute(route, null, null, new Latencies(99));
    Sender none = any -> new Outcome.Skipped(null, Map.of());
    Resilience resilience =
        new Resilience(
            budget,
            (wait, cancellation) -> {},
            timer -> {},
            new HedgePolicy(true, LEAST * MILLI, 1_000 * MILLI, 20),
            false,
            InstantSource.system(),
            () -> 0);
    return (HedgedRoute)
        HedgedRoute.chain(List.of(first, next), List.of(none, none), resilience).get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 200, true",
    "100, 201, false",
    "1, 2, true",
    "1, 3, true", // Of a route that is so fast, a few milliseconds are noise.
    "1, 20, true",
    "1, 21, false",
  })
  void aHedgeThatTakesTwiceTheUsualTimeDidNotHelp(long usual, long took, boolean more) {
    routeOf(usual).ended(call, true, took * MILLI + (more ? 0 : 1));

    assertThat(budget.mayHelpSlowCall()).isEqualTo(more);
  }
}
