package dev.workerclient;

import dev.workerclient.internal.call.Sleeper;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.CustomDomainRoute;
import dev.workerclient.internal.route.Origin;
import dev.workerclient.internal.route.ProxyReportRoute;
import dev.workerclient.internal.route.Route;
import dev.workerclient.internal.route.RouteHeaders;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the builder was told, and how a client is made of it. */
final class ClientSettings {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  final BindingProxyBuilder proxy = new BindingProxyBuilder();
  final Map<String, ServiceBuilder> services = new LinkedHashMap<>();
  private final Set<String> plainHttpHosts = new HashSet<>();
  final DefaultHeaders headers = new DefaultHeaders();
  @Nullable String userAgent;
  @Nullable String proxyOrigin;
  Duration callTimeout = Duration.ofSeconds(10);
  Duration attemptTimeout = Duration.ofSeconds(3);
  Duration connectTimeout = Duration.ofSeconds(2);
  Duration healthTimeout = Duration.ofSeconds(2);
  Duration readIdleTimeout = Duration.ofSeconds(30);
  long maxResponseBytes = 16L << 20;
  int maxConcurrentCalls = 256;
  @Nullable OkHttpClient okHttpClient;
  @Nullable Executor executor;
  @Nullable Executor probeExecutor;
  @Nullable BodyCodec bodyCodec;
  RetryOptions retry = RetryOptions.ofDefaults();
  RetryBudgetOptions retryBudget = RetryBudgetOptions.ofDefaults();
  CircuitBreakerOptions circuitBreaker = CircuitBreakerOptions.ofDefaults();
  @Nullable RetryRegistry retryRegistry;
  @Nullable CircuitBreakerRegistry circuitBreakerRegistry;
  final List<CallListener> listeners = new ArrayList<>();
  Sleeper sleeper = Sleeper.REAL;
  DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
  Clock clock = Clock.systemUTC();
  LongSupplier nanoTime = System::nanoTime;

  ServiceBuilder addService(String name) {
    ServiceBuilder service = new ServiceBuilder();
    if (services.putIfAbsent(Names.requireBinding(name), service) != null) {
      throw new IllegalArgumentException(
          "service " + Names.quote(name) + " is there already; set all of it in one service(…)");
    }
    return service;
  }

  void allowPlainHttp(String host) {
    plainHttpHosts.add(host.toLowerCase(Locale.ROOT));
  }

  WorkerClient build() {
    if (services.isEmpty()) {
      throw new IllegalArgumentException("the client has no service; add one by service(…)");
    }
    Origin origin =
        proxyOrigin == null ? null : Origin.parse("bindingProxy(…)", proxyOrigin, plainHttpHosts);
    List<CallSpec.Header> defaults = defaultHeaders();
    RouteHeaders proxyHeaders = proxy.build(defaults);
    Map<String, List<Route>> routes = new LinkedHashMap<>();
    services.forEach(
        (name, service) -> routes.put(name, routes(name, service, origin, proxyHeaders, defaults)));

    Resources resources = new Resources(okHttpClient, executor, maxConcurrentCalls);
    ProxyReportRoute report = origin == null ? null : ProxyReportRoute.ofAll(origin, proxyHeaders);
    ServiceAssembly assembly = new ServiceAssembly(this, resources, Codec.of(bodyCodec), report);
    Map<String, WorkerService> built = new LinkedHashMap<>();
    routes.forEach((name, chain) -> built.put(name, assembly.service(name, settings(name), chain)));
    return new WorkerClient(built, resources, assembly.health(), assembly.breakers());
  }

  private List<CallSpec.Header> defaultHeaders() {
    return headers.over(
        userAgent == null ? List.of() : List.of(new CallSpec.Header("User-Agent", userAgent)));
  }

  private ServiceBuilder settings(String name) {
    return Objects.requireNonNull(services.get(name));
  }

  private List<Route> routes(
      String name,
      ServiceBuilder service,
      @Nullable Origin shared,
      RouteHeaders proxyHeaders,
      List<CallSpec.Header> defaults) {
    List<CallSpec.Header> headers = service.headers.over(defaults);
    List<Route> configured = new ArrayList<>(2);
    if (shared != null) {
      RouteHeaders own = service.headers.isEmpty() ? proxyHeaders : proxy.build(headers);
      configured.add(new BindingProxyRoute(shared.copy(), own, name));
    }
    String domain = service.customDomain();
    if (domain != null) {
      Origin origin = Origin.parse("customDomain(…) of service " + name, domain, plainHttpHosts);
      warnOfWorkersDev(name, origin);
      configured.add(
          new CustomDomainRoute(
              origin, service.domainHeaders(headers), service.stamp(), service.rpcPath()));
    }
    if (configured.isEmpty()) {
      throw new IllegalArgumentException(
          "service "
              + name
              + " has no route; set bindingProxy(…) on the client, or customDomain(…) on the"
              + " service");
    }
    return service.routes().isEmpty() ? configured : inOrder(name, service.routes(), configured);
  }

  private static List<Route> inOrder(String name, List<String> order, List<Route> configured) {
    List<Route> ordered = new ArrayList<>(order.size());
    for (String wanted : order) {
      ordered.add(
          configured.stream()
              .filter(route -> route.name().equals(wanted))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "service "
                              + name
                              + " lists the route "
                              + wanted
                              + ", which is not configured; "
                              + (wanted.equals(BindingProxyRoute.NAME)
                                  ? "set bindingProxy(…) on the client"
                                  : "set customDomain(…) on the service"))));
    }
    return ordered;
  }

  private static void warnOfWorkersDev(String name, Origin origin) {
    if (origin.isWorkersDev()) {
      LOGGER.warn(
          "service {} uses {}: a workers.dev host can be switched off in the dashboard, answers"
              + " error 1042 while a deploy spreads, and has no firewall or Access of your zone;"
              + " prefer a custom domain",
          name,
          origin.host());
    }
  }
}
