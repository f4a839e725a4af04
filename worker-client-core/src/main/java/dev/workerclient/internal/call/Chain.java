package dev.workerclient.internal.call;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Outcome;
import java.util.List;

/** Tries a service's routes in order, for as long as the resend rule allows. */
final class Chain implements Sender {
  private final List<Sender> routes;

  private Chain(List<Sender> routes) {
    this.routes = routes;
  }

  /** Returns the route itself where there is one alone. */
  static Sender of(List<Sender> routes) {
    return routes.size() == 1 ? routes.get(0) : new Chain(List.copyOf(routes));
  }

  @Override
  public Outcome send(Call call) {
    Outcome outcome = routes.get(0).send(call);
    for (Sender next : routes.subList(1, routes.size())) {
      if (!(outcome instanceof Outcome.Failed failed)
          || !ResendRule.allowsNextRoute(call, failed.failure())
          || !Pause.leavesTime(call)) {
        return outcome;
      }
      Failure stop = Pause.stop(call);
      if (stop != null) {
        return new Outcome.Failed(stop, 0);
      }
      outcome = next.send(call);
    }
    return outcome;
  }
}
