package dev.workerclient.internal.engine;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.HedgingOptions;
import dev.workerclient.RetryBudgetOptions;
import dev.workerclient.RetryOptions;
import dev.workerclient.internal.call.Call;
import dev.workerclient.internal.call.CallPath;
import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.call.CallPath.HedgePolicy;
import dev.workerclient.internal.call.CallPath.Resilience;
import dev.workerclient.internal.call.Latencies;
import dev.workerclient.internal.call.Probe;
import dev.workerclient.internal.call.RetryBudget;
import dev.workerclient.internal.call.RetryPolicy;
import dev.workerclient.internal.engine.ClientSettings.ServiceSettings;
import dev.workerclient.internal.health.HealthCheck;
import dev.workerclient.internal.health.RouteDiagnoser;
import dev.workerclient.internal.health.Target;
import dev.workerclient.internal.health.WarmUp;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.CallSpec.Limits;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.ProxyReportRoute;
import dev.workerclient.internal.route.Route;
import dev.workerclient.internal.route.RouteBreaker;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Makes an engine of settings: those of a service, else the client's. */
final class Assembly {
  private static final int HALF_OPEN_CALLS = 2;

  /** Long, so that a service with few calls recovers too; permits are given back all the same. */
  private static final Duration HALF_OPEN_TIME = Duration.ofMinutes(5);

  private static final int MISCONFIGURED_CALLS = 2;

  private final ClientSettings client;
  private final Resources resources;
  private final Transport transport;
  private final @Nullable ProxyReportRoute proxyReport;
  private final List<Target> targets = new ArrayList<>();

  /** What services share that set nothing of their own. */
  private final RetryPolicy retry;

  private final RouteBreaker.Policy breakerPolicy;

  private Assembly(ClientSettings client, ServiceRoutes routes) {
    this.client = client;
    this.resources = new Resources(client.okHttpClient, client.executor, client.maxConcurrentCalls);
    this.transport = resources.transport(client);
    this.proxyReport = routes.proxyReport();
    this.retry = retry("client", client.retry, null, client.random);
    this.breakerPolicy = policy(client.circuitBreaker);
  }

  static Engine engine(ClientSettings client) {
    if (client.services.isEmpty()) {
      throw new IllegalArgumentException("the client has no service; add one by service(…)");
    }
    ServiceRoutes routes = new ServiceRoutes(client);
    Map<String, List<Route>> chains = new LinkedHashMap<>();
    client.services.forEach((name, service) -> chains.put(name, routes.of(name, service)));

    Assembly assembly = new Assembly(client, routes); // Opens what close() has to close.
    Map<String, ServiceEngine> services = new LinkedHashMap<>();
    client.services.forEach(
        (name, service) ->
            services.put(
                name, assembly.service(name, service, Objects.requireNonNull(chains.get(name)))));
    return new Engine(services, assembly.resources, assembly.healthCheck(), assembly.warmUp());
  }

  private ServiceEngine service(String name, ServiceSettings service, List<Route> routes) {
    Limits limits =
        new Limits(
            or(service.callTimeout, client.callTimeout),
            or(service.attemptTimeout, client.attemptTimeout),
            client.readIdleTimeout,
            client.maxResponseBytes);
    HedgingOptions hedging = hedging(service, routes);
    boolean shortens = or(service.adaptiveAttemptTimeout, client.adaptiveAttemptTimeout);
    List<GuardedRoute> chain = new ArrayList<>(routes.size());
    for (Route route : routes) {
      chain.add(
          new GuardedRoute(
              route,
              breaker(name, route, service),
              probe(name, service.healthPath, limits),
              hedging.isEnabled() || shortens ? new Latencies(hedging.percentile()) : null));
    }
    Target target = Target.of(name, service.healthPath, chain, limits, client.healthTimeout);
    targets.add(target);
    RetryBudgetOptions budget = or(service.retryBudget, client.retryBudget);
    Resilience resilience =
        new Resilience(
            new RetryBudget(budget.capacity(), budget.transientCost(), budget.throttledCost()),
            client.sleeper,
            resources::startTimer,
            hedgePolicy(hedging),
            shortens,
            client.clock,
            client.random);
    CallPath rpc = path(chain, Route::servesRpc, resilience);
    return new ServiceEngine(
        name,
        limits,
        retry(name, service),
        resilience,
        resources,
        new RouteDiagnoser(target, proxyReport, transport),
        chain,
        CallPath.of(chain, transport, resilience),
        path(chain, route -> route instanceof BindingProxyRoute, resilience),
        rpc,
        sessions(service, chain, rpc, resilience));
  }

  /**
   * The way of sessions. By default the custom domain is first: it serves all of the protocol, with
   * a hop less.
   */
  private @Nullable CallPath sessions(
      ServiceSettings service,
      List<GuardedRoute> chain,
      @Nullable CallPath rpc,
      Resilience resilience) {
    GuardedRoute last = chain.get(chain.size() - 1);
    return service.routes.isEmpty() && chain.size() == 2 && last.route().servesRpc()
        ? CallPath.of(List.of(last, chain.get(0)), transport, resilience)
        : rpc;
  }

  /** Checks the health of all services that were made. */
  private HealthCheck healthCheck() {
    return new HealthCheck(
        targets,
        proxyReport,
        client.healthTimeout,
        transport,
        resources.healthExecutor(),
        Resources.HEALTH_THREADS);
  }

  /** Connects to the routes of all services that were made. */
  private WarmUp warmUp() {
    return new WarmUp(targets, proxyReport, transport, resources.healthExecutor());
  }

  /** Defaults to none if application code could run on another thread than the caller's. */
  private HedgingOptions hedging(ServiceSettings service, List<Route> routes) {
    HedgingOptions set = service.hedging == null ? client.hedging : service.hedging;
    if (set != null) {
      return set;
    }
    OkHttpClient given = client.okHttpClient;
    boolean intercepted =
        given != null && !(given.interceptors().isEmpty() && given.networkInterceptors().isEmpty());
    boolean reads = false;
    for (Route hedged : routes.subList(1, routes.size())) {
      reads |= hedged.readsCredential();
    }
    return intercepted || reads ? HedgingOptions.disabled() : HedgingOptions.ofDefaults();
  }

  private static @Nullable HedgePolicy hedgePolicy(HedgingOptions options) {
    int most = options.maxPercent();
    return options.isEnabled()
        ? new HedgePolicy(
            options.isAllRepeatable(),
            options.minDelay().toNanos(),
            options.maxDelay().toNanos(),
            (100 + most - 1) / most)
        : null;
  }

  /** A registry knows a policy by its service's name, so that each has its own there. */
  private RetryPolicy retry(String name, ServiceSettings service) {
    return service.retry == null && client.retryRegistry == null
        ? retry
        : retry(name, or(service.retry, client.retry), client.retryRegistry, client.random);
  }

  /** Makes a retry policy of options. */
  static RetryPolicy retry(
      String name, RetryOptions options, @Nullable RetryRegistry registry, DoubleSupplier random) {
    return RetryPolicy.of(
        name,
        options.maxAttempts(),
        options.isEnabled(),
        options.firstBackoff(),
        options.maxBackoff(),
        registry,
        random);
  }

  private @Nullable RouteBreaker breaker(String name, Route route, ServiceSettings service) {
    CircuitBreakerOptions own = service.circuitBreaker;
    if (!or(own, client.circuitBreaker).isEnabled()) {
      return null;
    }
    return RouteBreaker.of(name, route.name(), own == null ? breakerPolicy : policy(own));
  }

  private RouteBreaker.Policy policy(CircuitBreakerOptions options) {
    return new RouteBreaker.Policy(
        options.isAdaptive(),
        options.window(),
        options.minimumCalls(),
        options.failureRate(),
        options.slowCallRate(),
        options.slowCallDuration(),
        options.openTime(),
        HALF_OPEN_CALLS,
        HALF_OPEN_TIME,
        MISCONFIGURED_CALLS,
        client.circuitBreakerRegistry,
        client.clock,
        client.random);
  }

  private @Nullable Probe probe(String service, @Nullable String path, Limits limits) {
    return path == null
        ? null
        : new Probe(
            () -> Call.beside(CallSpec.get(service, path, null, limits.probing())),
            or(client.probeExecutor, resources.healthExecutor()));
  }

  /** The way of calls that only some routes can carry; null if the chain has none of them. */
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
