package dev.workerclient.internal.call;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.route.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The way of a call with a model in place of what one attempt does: for the simulation. */
public final class SimulatedPath {
  private final CallPath.Sender way;

  private SimulatedPath(CallPath.Sender way) {
    this.way = way;
  }

  /** The model of one attempt. */
  @FunctionalInterface
  public interface Model {
    /**
     * Returns how it ended, after its time has passed.
     *
     * @param limit the most time that it may take
     * @param number 1 for the call's first
     */
    Outcome send(Route route, Duration limit, int number);
  }

  /** The library's own way: as {@link CallPath#assemble}, but for the last line of it. */
  public static SimulatedPath of(
      List<GuardedRoute> routes, Model model, CallPath.Resilience resilience) {
    List<CallPath.Sender> chain = new ArrayList<>(routes.size());
    for (GuardedRoute guarded : routes) {
      CallPath.Sender attempt = attempt(guarded.route(), model);
      CallPath.Sender visit = new RouteVisit(attempt, attempt, false, resilience.budget());
      chain.add(BreakerGate.of(guarded, routes, visit));
    }
    return new SimulatedPath(new ResendLoop(chain, resilience));
  }

  /** Runs the call; whether it was answered. */
  public boolean run(Call call) {
    return way.send(call) instanceof Outcome.Answered;
  }

  private static CallPath.Sender attempt(Route route, Model model) {
    return call -> {
      long start = call.nanoTime();
      Duration left = call.timeLeft();
      Duration most = call.spec().limits().attemptTime();
      Outcome outcome =
          model.send(route, left.compareTo(most) < 0 ? left : most, call.attemptCount() + 1);
      Attempt.Builder attempt = Attempt.builder(route.name()).exchanges(outcome.exchanges());
      attempt.elapsed(Duration.ofNanos(call.nanoTime() - start));
      if (outcome instanceof Outcome.Failed failed) {
        attempt.delivery(failed.failure().delivery());
        call.record(attempt.build(), failed.failure());
      } else {
        call.record(attempt.delivery(Delivery.DELIVERED).build(), null);
      }
      return outcome;
    };
  }
}
