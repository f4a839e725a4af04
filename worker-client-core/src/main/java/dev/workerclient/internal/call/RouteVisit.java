package dev.workerclient.internal.call;

import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.call.CallPath.Resilience;
import dev.workerclient.internal.call.CallPath.Sender;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.Route;

/**
 * One visit of a route: an attempt, and at once another one if a dead connection or an old
 * credential was all that was wrong. Its breaker sees what came of the visit.
 */
final class RouteVisit implements Sender {
  private final Sender pooled;

  /** By a new connection: the pool may hold more that are dead. */
  private final Sender fresh;

  private final boolean credentialMayChange;
  private final RetryBudget budget;

  RouteVisit(Sender pooled, Sender fresh, boolean credentialMayChange, RetryBudget budget) {
    this.pooled = pooled;
    this.fresh = fresh;
    this.credentialMayChange = credentialMayChange;
    this.budget = budget;
  }

  /** Visits a route that is one of so many. */
  static RouteVisit of(
      GuardedRoute guarded, int routes, Transport transport, Resilience resilience) {
    AttemptLimit limit = AttemptLimit.of(guarded.latencies(), routes > 1, resilience);
    return of(guarded.route(), transport, limit, resilience.budget());
  }

  /** Visits a route of which nobody asks what is usual. */
  static RouteVisit unguarded(Route route, Transport transport, RetryBudget budget) {
    return of(route, transport, AttemptLimit.FIXED, budget);
  }

  private static RouteVisit of(
      Route route, Transport transport, AttemptLimit limit, RetryBudget budget) {
    return new RouteVisit(
        new SingleAttempt(route, transport, limit),
        new SingleAttempt(route, transport.onNewConnections(), limit),
        route.canRefreshCredential(),
        budget);
  }

  @Override
  public Outcome send(Call call) {
    Outcome outcome = pooled.send(call);
    return outcome instanceof Outcome.Failed failed ? again(call, failed) : outcome;
  }

  private Outcome again(Call call, Outcome.Failed first) {
    Outcome.Failed failed = first;
    boolean usedPool = true;
    boolean readAnew = false;
    while (true) {
      ResendPolicy.State state = call.onRoute(usedPool, credentialMayChange && !readAnew);
      Outcome outcome;
      switch (ResendPolicy.after(state, failed.failure(), failed.failure()).move()) {
        case FRESH_CONNECTION -> {
          outcome = fresh.send(call);
          payAfterwards(failed, outcome);
          usedPool = false;
        }
        case FRESH_CREDENTIAL -> {
          outcome = pooled.send(call);
          usedPool = true;
          readAnew = true;
        }
        default -> {
          return failed;
        }
      }
      if (!(outcome instanceof Outcome.Failed next)) {
        return outcome;
      }
      failed = next;
    }
  }

  private void payAfterwards(Outcome.Failed before, Outcome outcome) {
    if (outcome instanceof Outcome.Failed after) {
      int unused = budget.take(ResendPolicy.costAfterFresh(before.failure(), after.failure()));
    }
  }
}
