package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.Route;

/**
 * After a pooled connection turned out to be dead, or refused the request unprocessed, sends once
 * more at once: what OkHttp would do by itself, but under the resend rule.
 *
 * <p>That costs nothing of the budget, since a connection can break so once. If the new one breaks
 * too, the service was at fault, and pays.
 */
final class FreshConnection implements Sender {
  private final Sender pooled;
  private final Sender fresh;
  private final RetryBudget budget;

  /** Sends by {@code pooled}, and again by {@code fresh}: the pool may hold more that are dead. */
  FreshConnection(Sender pooled, Sender fresh, RetryBudget budget) {
    this.pooled = pooled;
    this.fresh = fresh;
    this.budget = budget;
  }

  static FreshConnection of(Route route, Transport transport, RetryBudget budget) {
    return new FreshConnection(
        new SingleAttempt(route, transport),
        new SingleAttempt(route, transport.onNewConnections()),
        budget);
  }

  @Override
  public Outcome send(Call call) {
    Outcome outcome = pooled.send(call);
    if (!(outcome instanceof Outcome.Failed failed) || !mayGoAgain(call, failed.failure())) {
      return outcome;
    }
    Outcome again = fresh.send(call);
    if (reachedTarget(outcome) && reachedTarget(again)) {
      int unused = budget.take(((Outcome.Failed) again).failure());
    }
    return again;
  }

  private static boolean reachedTarget(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed
        && failed.failure().delivery() != Delivery.NOT_DELIVERED;
  }

  private static boolean mayGoAgain(Call call, Failure failure) {
    return failure.freshConnectionHelps()
        && ResendRule.isSafe(failure.delivery(), call.isRepeatable())
        && Pause.allowsAnotherAttempt(call);
  }
}
