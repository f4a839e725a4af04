package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One pass: tries a service's routes in order, for as long as the resend rule allows. */
final class Chain implements Sender {
  private final List<Sender> routes;
  private final Resilience resilience;

  Chain(List<Sender> routes, Resilience resilience) {
    this.routes = List.copyOf(routes);
    this.resilience = resilience;
  }

  /**
   * Returns the outcome of the last attempt; a failure for open breakers only if there was none.
   */
  @Override
  public Outcome send(Call call) {
    Outcome.Failed last = null;
    List<Outcome.Failed> refusals = List.of();
    for (int route = 0; route < routes.size(); route++) {
      if (!call.allows(route)) {
        continue;
      }
      int cost = 0;
      if (last != null) {
        if (!mayGoOn(call, last.failure())) {
          return last;
        }
        Failure stop = Pause.stop(call);
        if (stop != null) {
          return new Outcome.Failed(stop, 0);
        }
        cost = cost(last.failure());
        if (cost < 0) {
          return last;
        }
      }
      Outcome outcome = routes.get(route).send(call);
      if (BreakerGate.isClosedTo(outcome)) {
        resilience.budget().giveBack(cost);
        plan(call).skip(route);
        refusals = with(refusals, (Outcome.Failed) outcome);
        continue;
      }
      if (outcome instanceof Outcome.Answered answer) {
        Duration wait = ThrottledAnswer.wait(call, answer, resilience.clock());
        if (wait != null) {
          plan(call).throttled(route, wait, call.nanoTime(), resilience.random());
        }
        return answer;
      }
      Outcome.Failed failed = (Outcome.Failed) outcome;
      plan(call).failed(route, failed.failure(), call.nanoTime(), resilience.random());
      last = failed;
    }
    return last == null ? Refusal.of(refusals) : last;
  }

  private RoutePlan plan(Call call) {
    return call.plan(routes.size());
  }

  private static boolean mayGoOn(Call call, Failure failure) {
    return ResendRule.allowsNextRoute(call, failure) && Pause.leavesTime(call) && call.mayAttempt();
  }

  /** The tokens taken for the next route: none after what did not reach the target; -1 if short. */
  private int cost(Failure failure) {
    return failure.delivery() == Delivery.NOT_DELIVERED ? 0 : resilience.budget().take(failure);
  }

  private static List<Outcome.Failed> with(List<Outcome.Failed> list, Outcome.Failed last) {
    List<Outcome.Failed> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
