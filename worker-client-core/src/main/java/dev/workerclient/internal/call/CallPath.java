package dev.workerclient.internal.call;

import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Cancellation;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.http.UserCode;
import dev.workerclient.internal.http.Watchdog;
import dev.workerclient.internal.route.Route;
import dev.workerclient.internal.route.RouteBreaker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way of every call of one service, put together for the first of them. Thread-safe. */
public final class CallPath {
  private static final int ONE_RESEND = 1;

  private final Supplier<Sender> assembly;
  private volatile @Nullable Sender made;

  private CallPath(Supplier<Sender> assembly) {
    this.assembly = assembly;
  }

  /**
   * Sends a call and says how that ended. Every behaviour on the way of a call is one of these over
   * the next.
   */
  @FunctionalInterface
  interface Sender {
    /** Sends the call; records each attempt in it; does not throw for what a remote can do. */
    Outcome send(Call call);
  }

  /**
   * A route of a service with what guards it.
   *
   * @param breaker its breaker, or null if breakers are off
   * @param probe asks whether the route is healthy, or null if the service named no health path
   * @param latencies what is usual on it, or null if nobody asks
   */
  public record GuardedRoute(
      Route route,
      @Nullable RouteBreaker breaker,
      @Nullable Probe probe,
      @Nullable Latencies latencies) {

    /** Whether it takes every call. */
    boolean isHealthy() {
      return breaker == null || breaker.isClosed();
    }
  }

  /** Waits between two attempts. */
  @FunctionalInterface
  public interface Sleeper {
    /**
     * Returns after that time, or earlier if the call is cancelled, woken, or its thread
     * interrupted.
     */
    void sleep(Duration time, Cancellation cancellation);
  }

  /** Does things later. */
  @FunctionalInterface
  public interface Timers {
    /** Fires the timer on another thread once it is due by the call's clock. */
    void start(Watchdog.Timer timer);
  }

  /**
   * When a call is sent by its next route too, before the first one has answered.
   *
   * @param all whether calls that are repeatable, but no reads, are hedged as well
   * @param least nanoseconds after which it is, however fast the route usually is
   * @param most nanoseconds after which it is, however slow the route usually is
   * @param cost tokens of the budget
   */
  public record HedgePolicy(boolean all, long least, long most, int cost) {}

  /**
   * What the calls of one service share to be sent again.
   *
   * @param budget what sending again may cost
   * @param sleeper waits between attempts
   * @param timers start hedges
   * @param hedging when there is one, or null for never
   * @param shortens whether an attempt ends once it takes far longer than usual
   * @param clock tells the time that a date in {@code Retry-After} is counted from
   * @param random from 0 to 1, for jitter
   */
  public record Resilience(
      RetryBudget budget,
      Sleeper sleeper,
      Timers timers,
      @Nullable HedgePolicy hedging,
      boolean shortens,
      InstantSource clock,
      DoubleSupplier random) {}

  /** The way over these routes, in order. */
  public static CallPath of(List<GuardedRoute> routes, Transport transport, Resilience resilience) {
    return new CallPath(() -> assemble(routes, transport, resilience));
  }

  /**
   * Puts the way together. Read from the last line up, it is what a call goes through:
   *
   * <pre>
   * call: deadline, cancellation, observer
   *   resend loop: the routes in order, and again after a wait; the policy says whether
   *     hedge: the next route too, if this one takes longer than usual
   *       breaker of the route
   *         visit: once more at once after a dead connection or an old credential
   *           attempt: request, transport, classifier
   * </pre>
   */
  private static Sender assemble(
      List<GuardedRoute> routes, Transport transport, Resilience resilience) {
    List<Sender> chain = new ArrayList<>(routes.size());
    for (GuardedRoute guarded : routes) {
      Sender visit = RouteVisit.of(guarded, routes.size(), transport, resilience);
      chain.add(BreakerGate.of(guarded, routes, visit));
    }
    return new ResendLoop(HedgedRoute.chain(routes, chain, resilience), resilience);
  }

  /**
   * The way of what is asked beside users' calls, by one route alone: past its breaker, without
   * retries, and at no cost to the service's budget.
   */
  public static CallPath unguarded(Route route, Transport transport) {
    RetryBudget budget = new RetryBudget(ONE_RESEND, ONE_RESEND, ONE_RESEND);
    return new CallPath(() -> RouteVisit.unguarded(route, transport, budget));
  }

  private synchronized Sender make() {
    Sender way = made;
    if (way == null) {
      way = assembly.get();
      made = way;
    }
    return way;
  }

  /**
   * Runs the call on this thread and returns the answer.
   *
   * @throws WorkerException if the last attempt failed, or none could be made
   */
  public Outcome.Answered run(Call call) {
    if (call.observer != null) {
      call.observer.started();
    }
    Outcome outcome;
    try {
      outcome = send(call);
    } catch (Throwable e) {
      // Application code that runs on the way threw what nobody expects.
      outcome = new Outcome.Failed(CallFailures.threw(UserCode.threw(e)), 0);
    }
    if (outcome instanceof Outcome.Answered answered) {
      call.ended(null);
      return answered;
    }
    Failure last =
        outcome instanceof Outcome.Skipped skipped
            ? CallFailures.refused(skipped)
            : ((Outcome.Failed) outcome).failure();
    WorkerException failure = FailureReport.exception(call, last);
    call.ended(failure);
    throw failure;
  }

  /** Sends the call and says how that ended, which the observer is not told. */
  public Outcome send(Call call) {
    Failure reason = call.whyNotBegun();
    if (reason != null) {
      return new Outcome.Failed(reason, 0);
    }
    Sender way = made;
    return (way == null ? make() : way).send(call);
  }
}
