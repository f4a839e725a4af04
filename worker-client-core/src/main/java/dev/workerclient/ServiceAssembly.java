package dev.workerclient;

import dev.workerclient.internal.call.Call;
import dev.workerclient.internal.call.CallPath;
import dev.workerclient.internal.call.GuardedRoute;
import dev.workerclient.internal.call.Probe;
import dev.workerclient.internal.call.Resilience;
import dev.workerclient.internal.call.RetryBudget;
import dev.workerclient.internal.call.RetryPolicy;
import dev.workerclient.internal.health.Shared;
import dev.workerclient.internal.http.CallLimits;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.BreakerPolicy;
import dev.workerclient.internal.route.ProxyReportRoute;
import dev.workerclient.internal.route.Route;
import dev.workerclient.internal.route.RouteBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes services of settings: those of the service, else the client's. */
final class ServiceAssembly {
  private static final int HALF_OPEN_CALLS = 2;

  /** Long, so that a service with few calls recovers too; permits are given back all the same. */
  private static final Duration HALF_OPEN_TIME = Duration.ofMinutes(5);

  private static final int MISCONFIGURED_CALLS = 2;

  private final ClientSettings client;
  private final Resources resources;
  private final Transport transport;
  private final Codec codec;
  private final HealthAssembly health;
  private final RetryPolicies policies;
  private final List<CallListener> listeners;

  /** What services share that set nothing of their own. */
  private final RetryPolicy retry;

  private final BreakerPolicy breakerPolicy;

  private final List<RouteBreaker> breakers = new ArrayList<>();

  ServiceAssembly(
      ClientSettings client,
      Resources resources,
      Codec codec,
      @Nullable ProxyReportRoute proxyReport) {
    this.client = client;
    this.resources = resources;
    this.transport = resources.transport(client.connectTimeout, client.nanoTime);
    this.codec = codec;
    this.health = new HealthAssembly(client, resources, transport, proxyReport);
    this.listeners = List.copyOf(client.listeners);
    this.policies = new RetryPolicies(client.retryRegistry, client.random);
    this.retry = policies.ofCall("client", client.retry);
    this.breakerPolicy = policy(client.circuitBreaker);
  }

  /** What asks after the health of all services that were made. */
  Shared<HealthReport> health() {
    return health.build();
  }

  /** The breakers of all services that were made. */
  List<RouteBreaker> breakers() {
    return List.copyOf(breakers);
  }

  WorkerService service(String name, ServiceBuilder service, List<Route> routes) {
    CallLimits limits =
        new CallLimits(
            or(service.callTimeout, client.callTimeout),
            or(service.attemptTimeout, client.attemptTimeout),
            client.readIdleTimeout,
            client.maxResponseBytes);
    List<GuardedRoute> chain = new ArrayList<>(routes.size());
    for (Route route : routes) {
      chain.add(
          new GuardedRoute(
              route, breaker(name, route, service), probe(name, service.healthPath, limits)));
    }
    Resilience resilience = resilience(or(service.retryBudget, client.retryBudget));
    return new WorkerService(
        new ServiceContext(
            name,
            limits,
            retry(name, service),
            codec,
            resources,
            policies,
            listeners,
            health.add(name, service.healthPath, chain, limits),
            client.clock),
        new ServicePaths(
            CallPath.of(chain, transport, resilience),
            path(chain, route -> route instanceof BindingProxyRoute, resilience),
            path(chain, Route::servesRpc, resilience)),
        null);
  }

  private Resilience resilience(RetryBudgetOptions budget) {
    return new Resilience(
        new RetryBudget(budget.capacity(), budget.transientCost(), budget.throttledCost()),
        client.sleeper,
        client.clock,
        client.random);
  }

  /** A registry knows a policy by its service's name, so that each has its own there. */
  private RetryPolicy retry(String name, ServiceBuilder service) {
    return service.retry == null && client.retryRegistry == null
        ? retry
        : policies.ofService(name, or(service.retry, client.retry));
  }

  private @Nullable RouteBreaker breaker(String name, Route route, ServiceBuilder service) {
    CircuitBreakerOptions own = service.circuitBreaker;
    if (!or(own, client.circuitBreaker).enabled()) {
      return null;
    }
    RouteBreaker breaker =
        RouteBreaker.of(name, route.name(), own == null ? breakerPolicy : policy(own));
    breakers.add(breaker);
    return breaker;
  }

  private BreakerPolicy policy(CircuitBreakerOptions options) {
    return new BreakerPolicy(
        options.adaptive(),
        options.window(),
        options.minimumCalls(),
        options.failureRate(),
        options.openTime(),
        HALF_OPEN_CALLS,
        HALF_OPEN_TIME,
        MISCONFIGURED_CALLS,
        client.circuitBreakerRegistry,
        client.clock,
        client.random);
  }

  private @Nullable Probe probe(String service, @Nullable String path, CallLimits limits) {
    return path == null
        ? null
        : new Probe(
            () -> Call.beside(CallSpec.get(service, path, null, limits.probing())),
            or(client.probeExecutor, resources.healthExecutor()));
  }

  /** The way of calls that only some routes can carry; null where the chain has none of them. */
  private @Nullable CallPath path(
      List<GuardedRoute> chain, Predicate<Route> carries, Resilience resilience) {
    List<GuardedRoute> able = new ArrayList<>(chain.size()); // A stream would load 20 classes.
    for (GuardedRoute guarded : chain) {
      if (carries.test(guarded.route())) {
        able.add(guarded);
      }
    }
    return able.isEmpty() ? null : CallPath.of(able, transport, resilience);
  }

  private static <T> T or(@Nullable T own, T shared) {
    return own == null ? shared : Objects.requireNonNull(own);
  }
}
