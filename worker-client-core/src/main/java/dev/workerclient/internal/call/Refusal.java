package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.route.RouteBreaker;
import dev.workerclient.internal.route.RouteFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call fails with that no breaker let through. */
final class Refusal {
  private static final String MESSAGE = "the circuit breaker of every route is open";

  private Refusal() {}

  /** The refusal by one route's breaker. */
  static Failure of(String route, RouteBreaker breaker) {
    Duration wait = breaker.opensAgainIn();
    RouteFailure last = breaker.lastFailure();
    return failure(
        MESSAGE,
        wait.isZero() ? null : wait,
        last == null ? Map.of() : Map.of(route, last.summary()));
  }

  /** The refusal by all of them. */
  static Outcome.Failed of(List<Outcome.Failed> refusals) {
    if (refusals.isEmpty()) {
      throw new IllegalStateException("a pass without a route");
    }
    Map<String, String> failures = new LinkedHashMap<>();
    Duration soonest = null;
    for (Outcome.Failed refusal : refusals) {
      failures.putAll(refusal.failure().lastFailures());
      soonest = sooner(soonest, refusal.failure().retryAfter());
    }
    StringBuilder message = new StringBuilder(MESSAGE);
    failures.forEach(
        (route, failure) ->
            message.append("; ").append(route).append(" last failed with: ").append(failure));
    return new Outcome.Failed(failure(message.toString(), soonest, failures), 0);
  }

  private static Failure failure(
      String message, @Nullable Duration wait, Map<String, String> failures) {
    return Failure.builder(FailureKind.CIRCUIT_OPEN, message)
        .diagnosis(
            "every route failed or was closed, and no call may try one at this moment",
            "correct what the routes last failed with; retryAfter() says when a call may try one")
        .response(0, null, wait)
        .lastFailures(failures)
        .delivery(Delivery.NOT_DELIVERED, "no attempt was made")
        .helps(true, false)
        .build();
  }

  private static @Nullable Duration sooner(@Nullable Duration one, @Nullable Duration other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }
}
