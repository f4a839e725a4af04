package dev.workerclient.internal.health;

import dev.workerclient.health.ProxyHealth;
import dev.workerclient.health.RouteHealth;
import dev.workerclient.health.ServiceHealth;
import dev.workerclient.internal.call.GuardedRoute;
import dev.workerclient.internal.http.CallLimits;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.ProxyReportRoute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Asks every route of every service, and the binding proxy, at the same time. Thread-safe. */
public final class HealthCheck {
  /** A busy machine is late with timers; what has a cause of its own should say it. */
  private static final Duration SLACK = Duration.ofMillis(100);

  private static final int LARGEST_REPORT = 1 << 20;

  /** More of an answer is not read: its status says how the service is. */
  private static final int LARGEST_ANSWER = 64 << 10;

  private final List<Service> services;
  private final Transport transport;

  /** By service. Made for the first run, and kept: a request that still runs is not sent again. */
  private @Nullable List<List<RouteCheck>> checks;

  private final @Nullable ProxyCheck proxy;
  private final @Nullable Task<HealthRequest> proxyTask;
  private final Executor executor;
  private final Duration longest;

  /**
   * A service as its health is asked.
   *
   * @param healthPath the path that answers 2xx while it is healthy, or null if none was named
   * @param chain its routes, in order
   * @param limits the limits of one request
   */
  public record Service(
      String name, @Nullable String healthPath, List<GuardedRoute> chain, CallLimits limits) {

    /** The service with the limits of its calls, of which the time of a request is the shortest. */
    public static Service of(
        String name,
        @Nullable String healthPath,
        List<GuardedRoute> chain,
        CallLimits calls,
        Duration healthTimeout) {
      Duration time = shorter(healthTimeout, shorter(calls.attemptTime(), calls.callTime()));
      return new Service(
          name, healthPath, chain, new CallLimits(time, time, calls.readIdle(), LARGEST_ANSWER));
    }

    private static Duration shorter(Duration one, Duration other) {
      return one.compareTo(other) <= 0 ? one : other;
    }

    /** The path that is asked; if none was named, the root, and any answer of it will do. */
    String path() {
      return healthPath == null ? "/" : healthPath;
    }

    /** The GET of it, of that Durable Object as the binding proxy reads it, or of none for null. */
    CallSpec get(@Nullable String object) {
      return CallSpec.get(name, path(), object, limits);
    }
  }

  /**
   * What came of it.
   *
   * @param proxy null if there is no binding proxy
   */
  public record Result(List<ServiceHealth> services, @Nullable ProxyHealth proxy) {}

  /**
   * Makes a check.
   *
   * @param proxy the binding proxy that all services share, or null
   * @param healthTimeout limits the request to it
   * @param executor runs {@code places} requests at once
   */
  public HealthCheck(
      List<Service> services,
      @Nullable ProxyReportRoute proxy,
      Duration healthTimeout,
      Duration readIdle,
      Transport transport,
      Executor executor,
      int places) {
    this.services = List.copyOf(services);
    this.transport = transport;
    int requests = 0;
    for (Service service : services) {
      requests += service.chain().size();
    }
    CallLimits limits = new CallLimits(healthTimeout, healthTimeout, readIdle, LARGEST_REPORT);
    this.proxy = proxy == null ? null : new ProxyCheck(proxy, transport, limits);
    this.proxyTask = this.proxy == null ? null : new Task<>(this.proxy::ask);
    this.executor = executor;
    long turns = 1L + requests / places;
    // Each request ends by itself at its limit; this is for what can't be cancelled.
    this.longest = healthTimeout.multipliedBy(turns).multipliedBy(21).dividedBy(20).plus(SLACK);
  }

  /**
   * Asks, on the executor's threads, and waits.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the executor is shut down
   */
  public Result run() {
    List<List<RouteCheck>> all = checks();
    CompletableFuture<HealthRequest> report = proxyTask == null ? null : proxyTask.start(executor);
    List<List<CompletableFuture<HealthRequest>>> asked = new ArrayList<>(all.size());
    for (List<RouteCheck> routes : all) {
      asked.add(routes.stream().map(route -> route.start(executor)).toList());
    }
    long end = System.nanoTime() + longest.toNanos();
    ProxyHealth said =
        proxy == null || report == null ? null : proxy.health(Task.await(report, end));
    List<ServiceHealth> healths = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      String name = services.get(i).name();
      List<RouteHealth> routes = new ArrayList<>(all.get(i).size());
      for (int j = 0; j < all.get(i).size(); j++) {
        RouteCheck route = all.get(i).get(j);
        HealthRequest ended = Task.await(asked.get(i).get(j), end);
        routes.add(
            route.health(
                ended, said != null && route.isThroughProxy() ? said.binding(name) : null));
      }
      healths.add(new ServiceHealth(name, routes));
    }
    return new Result(healths, said);
  }

  private synchronized List<List<RouteCheck>> checks() {
    List<List<RouteCheck>> made = checks;
    if (made == null) {
      made = services.stream().map(this::checks).toList();
      checks = made;
    }
    return made;
  }

  private List<RouteCheck> checks(Service service) {
    return service.chain().stream()
        .map(route -> new RouteCheck(service, route, transport))
        .toList();
  }
}
