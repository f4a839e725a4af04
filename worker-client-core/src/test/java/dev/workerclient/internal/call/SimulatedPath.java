package dev.workerclient.internal.call;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.call.Latencies.Latency;
import dev.workerclient.internal.http.Cancellation;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.route.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

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
     * @param longest the most nanoseconds that it may take
     * @param limit after how many it ends, if {@code mayEnd} is null or says so then
     * @param number 1 for the call's first
     * @param cancellation ends it early
     */
    Outcome send(
        Route route,
        long longest,
        long limit,
        @Nullable BooleanSupplier mayEnd,
        int number,
        Cancellation cancellation);
  }

  /** The library's own way: as {@link CallPath#assemble}, but for the last line of it. */
  public static SimulatedPath of(
      List<GuardedRoute> routes, Model model, CallPath.Resilience resilience) {
    List<CallPath.Sender> chain = new ArrayList<>(routes.size());
    for (GuardedRoute guarded : routes) {
      AttemptLimit limit = AttemptLimit.of(guarded.latencies(), routes.size() > 1, resilience);
      CallPath.Sender attempt = attempt(guarded.route(), limit, model);
      CallPath.Sender visit = new RouteVisit(attempt, attempt, false, resilience.budget());
      chain.add(BreakerGate.of(guarded, routes, visit));
    }
    return new SimulatedPath(
        new ResendLoop(HedgedRoute.chain(routes, chain, resilience), resilience));
  }

  /** Runs the call; whether it was answered. */
  public boolean run(Call call) {
    return way.send(call) instanceof Outcome.Answered;
  }

  private static CallPath.Sender attempt(Route route, AttemptLimit limit, Model model) {
    return call -> {
      long start = call.nanoTime();
      Latency usual = limit.usual(call);
      long most = call.spec.limits().attemptTime().toNanos();
      long shorter = limit.nanos(call, usual, most);
      int number = call.number();
      long longest = Math.min(most, call.nanosLeft());
      Outcome outcome =
          model.send(
              route,
              longest,
              Math.min(shorter, longest),
              shorter < most ? limit : null,
              number,
              call.cancellation);
      outcome = limit.ended(call, usual, outcome, call.nanoTime() - start, shorter, most);
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
