package dev.workerclient.internal.engine;

import dev.workerclient.RetryOptions;
import dev.workerclient.health.BreakerState;
import dev.workerclient.health.RouteDiagnosis;
import dev.workerclient.internal.call.AsyncCalls;
import dev.workerclient.internal.call.Call;
import dev.workerclient.internal.call.CallPath;
import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.call.CallPath.Resilience;
import dev.workerclient.internal.call.Latencies;
import dev.workerclient.internal.call.RetryBudget;
import dev.workerclient.internal.call.RetryPolicy;
import dev.workerclient.internal.health.HealthCheck;
import dev.workerclient.internal.health.RouteDiagnoser;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.CallSpec.Limits;
import dev.workerclient.internal.http.CallSpec.Upgrade;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.route.RouteBreaker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What runs the calls of one service. Thread-safe. */
public final class ServiceEngine {
  /** What reaches the engine of a service, which the service itself shows nobody. */
  private static volatile @Nullable BiFunction<Object, Upgrade, OpenedSession> sessions;

  private final String name;
  private final Limits limits;
  private final RetryPolicy retry;
  private final Resilience resilience;
  private final Resources resources;
  private final RouteDiagnoser diagnoser;
  private final List<GuardedRoute> routes;

  /** The way over each of its routes. */
  private final CallPath all;

  /** The way over the binding proxy alone; null if it has none. */
  private final @Nullable CallPath proxy;

  /** The way over the routes that serve RPC; null if none does. */
  private final @Nullable CallPath rpc;

  /** The way of RPC sessions over the same routes. */
  private final @Nullable CallPath session;

  /**
   * What the calls of an RPC session have of its service.
   *
   * @param callTime the time that each has
   * @param observers makes the observer of a call of that method; null if nobody watches
   */
  public record OpenedSession(
      Duration callTime, @Nullable Function<String, Call.Observer> observers) {}

  ServiceEngine(
      String name,
      Limits limits,
      RetryPolicy retry,
      Resilience resilience,
      Resources resources,
      RouteDiagnoser diagnoser,
      List<GuardedRoute> routes,
      CallPath all,
      @Nullable CallPath proxy,
      @Nullable CallPath rpc,
      @Nullable CallPath session) {
    this.name = name;
    this.limits = limits;
    this.retry = retry;
    this.resilience = resilience;
    this.resources = resources;
    this.diagnoser = diagnoser;
    this.routes = routes;
    this.all = all;
    this.proxy = proxy;
    this.rpc = rpc;
    this.session = session;
  }

  /** The service's name. */
  public String name() {
    return name;
  }

  /** The limits of a call that brings none of its own. */
  public Limits limits() {
    return limits;
  }

  /** Whether the binding proxy is one of its routes: Durable Objects are reached by it alone. */
  public boolean hasProxy() {
    return proxy != null;
  }

  /** Whether one of its routes serves RPC. */
  public boolean servesRpc() {
    return rpc != null;
  }

  /** Says how the WebSocket of a session is opened; the service's class calls it once. */
  public static void openSessionsBy(BiFunction<Object, Upgrade, OpenedSession> opener) {
    sessions = opener;
  }

  /**
   * Opens the WebSocket of an RPC session, for worker-client-rpc.
   *
   * @param service a WorkerService
   * @throws dev.workerclient.error.WorkerException if no route opened it
   * @throws IllegalStateException if no route serves RPC, or the client is closed
   */
  public static OpenedSession openSession(Object service, Upgrade upgrade) {
    return Objects.requireNonNull(sessions).apply(service, upgrade);
  }

  /** What sending its calls again may cost. */
  public RetryBudget budget() {
    return resilience.budget();
  }

  /** What the breaker of each route does with calls, by the route's name. */
  public Map<String, BreakerState> breakerStates() {
    Map<String, BreakerState> states = new LinkedHashMap<>();
    routes.forEach(
        guarded -> states.put(guarded.route().name(), HealthCheck.state(guarded.breaker())));
    return states;
  }

  /** Makes the breakers of its routes as new, and forgets how long calls usually take. */
  void resetRoutes() {
    for (GuardedRoute guarded : routes) {
      RouteBreaker breaker = guarded.breaker();
      if (breaker != null) {
        breaker.reset();
      }
      Latencies latencies = guarded.latencies();
      if (latencies != null) {
        latencies.clear();
      }
    }
  }

  /**
   * Checks that the client may still be used.
   *
   * @throws IllegalStateException if it is closed
   */
  public void requireOpen() {
    resources.requireOpen();
  }

  /** Starts a call; null for options means the service's, and for the observer that nobody sees. */
  public Call begin(
      CallSpec spec, @Nullable RetryOptions options, Call.@Nullable Observer observer) {
    RetryPolicy policy =
        options == null ? retry : Assembly.retry(name, options, null, resilience.random());
    return new Call(spec, policy, observer, null);
  }

  /**
   * Runs a call on this thread.
   *
   * @throws dev.workerclient.error.WorkerException if no route brought an answer
   */
  public Outcome.Answered run(Call call) {
    CallSpec spec = call.spec();
    CallPath path = spec.object() != null ? proxy : spec.rpc() ? pathOfRpc(spec) : all;
    boolean open = false;
    try {
      Outcome.Answered answer = Objects.requireNonNull(path).run(call);
      open = answer.stream() != null;
      return answer;
    } finally {
      if (!open) {
        resources.callEnded();
      }
    }
  }

  private @Nullable CallPath pathOfRpc(CallSpec spec) {
    return spec.upgrade() == null ? rpc : session;
  }

  /** Notes that a call is over whose body was streamed. */
  public void streamEnded() {
    resources.callEnded();
  }

  /** Runs calls on the client's executor. */
  public AsyncCalls async() {
    return resources.asyncCalls();
  }

  /**
   * Goes through the decision tree on each route, on this thread.
   *
   * @param object the Durable Object to ask, as the binding proxy reads it, or null
   */
  public List<RouteDiagnosis> diagnose(@Nullable String object) {
    return diagnoser.run(object);
  }

  /** The time, as reports tell it. */
  public Instant now() {
    return resilience.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
