package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.Outcome;

/** Makes the failure of a call that no breaker let through. */
final class Refusal {
  private Refusal() {}

  static Outcome.Failed of(Outcome.Skipped skipped) {
    StringBuilder message = new StringBuilder("the circuit breaker of every route is open");
    skipped
        .lastFailures()
        .forEach(
            (route, failure) ->
                message.append("; ").append(route).append(" last failed with: ").append(failure));
    Failure failure =
        Failure.builder(FailureKind.CIRCUIT_OPEN, message.toString())
            .diagnosis(
                "every route failed or was closed, and no call may try one at this moment",
                "correct what the routes last failed with; retryAfter() says when a call may try"
                    + " one")
            .response(0, null, skipped.retryAfter())
            .lastFailures(skipped.lastFailures())
            .delivery(Delivery.NOT_DELIVERED, "no attempt was made")
            .helps(true, false)
            .build();
    return new Outcome.Failed(failure, 0);
  }
}
