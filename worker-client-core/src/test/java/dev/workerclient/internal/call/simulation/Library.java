package dev.workerclient.internal.call.simulation;

import dev.workerclient.internal.call.Call;
import dev.workerclient.internal.call.CallPath;
import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.call.CallSpecs;
import dev.workerclient.internal.call.RetryPolicy;
import dev.workerclient.internal.call.SimulatedPath;
import dev.workerclient.internal.classify.Secrets;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.CallSpec.Limits;
import dev.workerclient.internal.http.Cancellation;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.TransportFailure;
import dev.workerclient.internal.http.Watchdog;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.CustomDomainRoute;
import dev.workerclient.internal.route.Origin;
import dev.workerclient.internal.route.Route;
import dev.workerclient.internal.route.RouteHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import okhttp3.Headers;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The library's own way of a call, with a budget and breakers of its own, in virtual time. */
final class Library {
  private static final Outcome ANSWER =
      new Outcome.Answered(200, Headers.of(), true, new Buffer(), null, Secrets.NONE, 1);
  private static final RouteHeaders NO_HEADERS = new RouteHeaders(null, null, null, List.of());
  private static final Origin ORIGIN = Origin.parse("origin", "https://example.com", Set.of());
  private static final List<Route> ROUTES =
      List.of(
          new BindingProxyRoute(ORIGIN, NO_HEADERS, "SIMULATED"),
          new CustomDomainRoute(ORIGIN, NO_HEADERS, null, null));

  /** Before which no call is hedged. */
  static final long LEAST_DELAY = 10_000_000;

  private final Timeline time;
  private final Model model;
  private final SimulatedPath path;
  private final boolean hedges;
  private final Limits limits;
  private final RetryPolicy retry;

  /** Begins an attempt now, and tells its end. */
  @FunctionalInterface
  interface Model {
    Attempts.End begin(boolean onProxy, long limit, int number);
  }

  /** The way over the first so many of two routes. */
  Library(
      Timeline time, Random dice, Policy policy, int routes, Duration attemptTimeout, Model model) {
    this.time = time;
    this.model = model;
    this.hedges = policy.hedges() && routes > 1;
    DoubleSupplier random = dice::nextDouble;
    Clock clock = new ProcessClock(time);
    this.path =
        SimulatedPath.of(
            ROUTES.subList(0, routes).stream()
                .map(
                    route ->
                        new GuardedRoute(
                            route,
                            policy.breaker(route.name(), clock, random),
                            null,
                            policy.latencies()))
                .toList(),
            this::attempt,
            new CallPath.Resilience(
                policy.budget(),
                (wait, cancellation) ->
                    time.sleepUntil(time.now() + wait.toNanos(), cancellation::mustNotWait),
                this::timer,
                policy.hedging(),
                policy.hedges(),
                clock,
                random));
    this.limits =
        new Limits(
            Duration.ofNanos(Client.CALL_TIMEOUT), attemptTimeout, Duration.ofSeconds(30), 1 << 20);
    this.retry =
        RetryPolicy.of(
            "simulated",
            Client.MOST_ATTEMPTS,
            true,
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            null,
            random);
  }

  /** Makes a call; whether it was answered. */
  boolean call(boolean repeatable) {
    CallSpec spec = CallSpecs.get(repeatable, limits);
    return path.run(new Call(spec, retry, null, time::now));
  }

  private void timer(Watchdog.Timer timer) {
    time.at(timer.due(), timer);
  }

  private Outcome attempt(
      Route route,
      long longest,
      long limit,
      @Nullable BooleanSupplier mayEnd,
      int number,
      Cancellation cancellation) {
    boolean onProxy = route instanceof BindingProxyRoute;
    long start = time.now();
    Attempts.End end = model.begin(onProxy, longest, number);
    if (mayEnd != null && end.time() > start + limit) {
      sleepUntil(start + limit, cancellation);
      if (!cancellation.isCancelled() && mayEnd.getAsBoolean()) {
        return new Outcome.Failed(Fault.HANG.failure(onProxy), 1);
      }
    }
    sleepUntil(end.time(), cancellation);
    if (cancellation.isCancelled()) {
      return new Outcome.Failed(TransportFailure.cancelled().build(), 1);
    }
    @Nullable Fault fault = end.fault();
    return fault == null ? ANSWER : new Outcome.Failed(fault.failure(onProxy), 1);
  }

  private void sleepUntil(long moment, Cancellation cancellation) {
    if (hedges) {
      time.sleepUntil(moment, cancellation::isCancelled);
    } else {
      time.sleepUntil(moment);
    }
  }
}
