package dev.workerclient.internal.health;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.BreakerState;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.health.RouteHealth;
import dev.workerclient.health.ServiceHealth;
import dev.workerclient.internal.call.CallPath.GuardedRoute;
import dev.workerclient.internal.health.Target.Reply;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.ProxyReportRoute;
import dev.workerclient.internal.route.RouteBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Asks every route of every service, and the binding proxy, at the same time. Thread-safe. */
public final class HealthCheck {
  /** A busy machine is late with timers; what has a cause of its own should say it. */
  private static final Duration SLACK = Duration.ofMillis(100);

  private final List<Target> targets;
  private final Transport transport;
  private final @Nullable ProxyReport proxy;
  private final @Nullable Shared<Reply> proxyReply;
  private final Executor executor;
  private final Duration longest;

  /** By target; made for the first run, and kept: a request that still runs is not sent again. */
  private @Nullable List<List<RouteCheck>> checks;

  /**
   * Makes a check.
   *
   * @param proxy the binding proxy that all services share, or null
   * @param healthTimeout the limit of the request to it, and the longest of the others
   * @param executor runs {@code places} requests at once
   */
  public HealthCheck(
      List<Target> targets,
      @Nullable ProxyReportRoute proxy,
      Duration healthTimeout,
      Transport transport,
      Executor executor,
      int places) {
    this.targets = List.copyOf(targets);
    this.transport = transport;
    this.proxy = proxy == null ? null : ProxyReport.ofAll(proxy, healthTimeout, transport);
    this.proxyReply = this.proxy == null ? null : Shared.whileRunning(this.proxy::ask);
    this.executor = executor;
    int requests = 0;
    for (Target target : targets) {
      requests += target.chain().size();
    }
    long turns = 1L + requests / places;
    // Each request ends by itself at its limit; this is for what can't be cancelled.
    this.longest = healthTimeout.multipliedBy(turns).multipliedBy(21).dividedBy(20).plus(SLACK);
  }

  /**
   * What the check found.
   *
   * @param proxy null if there is no binding proxy
   */
  public record Result(List<ServiceHealth> services, @Nullable ProxyHealth proxy) {}

  /**
   * Asks, on the executor's threads, and waits.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the executor is shut down
   */
  public Result run() {
    CompletableFuture<Reply> report = proxyReply == null ? null : proxyReply.start(executor);
    List<List<Pending>> pending = new ArrayList<>(targets.size());
    for (List<RouteCheck> routes : checks()) {
      pending.add(routes.stream().map(route -> route.start(executor)).toList());
    }
    long end = System.nanoTime() + longest.toNanos();
    ProxyHealth said =
        proxy == null || report == null ? null : proxy.health(Shared.await(report, end));
    List<ServiceHealth> services = new ArrayList<>(targets.size());
    for (int i = 0; i < targets.size(); i++) {
      String service = targets.get(i).service();
      BindingHealth binding = said == null ? null : said.binding(service);
      services.add(
          new ServiceHealth(
              service, pending.get(i).stream().map(route -> route.await(end, binding)).toList()));
    }
    return new Result(services, said);
  }

  /** What that breaker, or none, does with calls now; to ask changes nothing. */
  public static BreakerState state(@Nullable RouteBreaker breaker) {
    if (breaker == null) {
      return BreakerState.OFF;
    }
    return switch (breaker.state()) {
      case CLOSED -> BreakerState.CLOSED;
      case OPEN, FORCED_OPEN -> BreakerState.OPEN;
      case HALF_OPEN -> BreakerState.HALF_OPEN;
      case DISABLED, METRICS_ONLY -> BreakerState.OFF;
    };
  }

  private synchronized List<List<RouteCheck>> checks() {
    List<List<RouteCheck>> made = checks;
    if (made == null) {
      made =
          targets.stream()
              .map(
                  target ->
                      target.chain().stream()
                          .map(route -> new RouteCheck(target, route, transport))
                          .toList())
              .toList();
      checks = made;
    }
    return made;
  }

  /** A route that is being asked. */
  private record Pending(RouteCheck check, CompletableFuture<Reply> reply) {
    RouteHealth await(long end, @Nullable BindingHealth binding) {
      return check.health(Shared.await(reply, end), binding);
    }
  }

  /** Asks one route. Its breaker is read; it neither holds the request up nor counts it. */
  private static final class RouteCheck {
    private final Target target;
    private final GuardedRoute guarded;
    private final Shared<Reply> reply;

    RouteCheck(Target target, GuardedRoute guarded, Transport transport) {
      this.target = target;
      this.guarded = guarded;
      this.reply = Shared.whileRunning(() -> target.ask(guarded.route(), null, transport));
    }

    Pending start(Executor executor) {
      return new Pending(this, reply.start(executor));
    }

    /**
     * Returns how the route is.
     *
     * @param reply null if the request did not end in its time
     * @param said what the binding proxy reports about the binding, or null
     */
    RouteHealth health(@Nullable Reply reply, @Nullable BindingHealth said) {
      BindingHealth binding = guarded.route() instanceof BindingProxyRoute ? said : null;
      if (reply == null) {
        return health(
            OptionalInt.empty(), target.limits().callTime(), target.late("healthTimeout"), binding);
      }
      if (binding != null && takesNoRequests(binding, reply)) {
        return health(OptionalInt.empty(), Duration.ZERO, null, binding);
      }
      if (target.isCalledByRpcAlone(binding, reply)) {
        return health(OptionalInt.empty(), reply.latency(), null, binding);
      }
      return health(reply.status(), reply.latency(), target.error(reply), binding);
    }

    /** A sound Durable Object namespace, queue and the like takes no request without more. */
    private static boolean takesNoRequests(BindingHealth binding, Reply reply) {
      return binding.isAsConfigured()
          && !binding.kind().equals("service")
          && reply.outcome() instanceof Outcome.Failed failed
          && failed.failure().delivery() == Delivery.NOT_DELIVERED
          && !failed.failure().proxyCode().isEmpty();
    }

    private RouteHealth health(
        OptionalInt status,
        Duration latency,
        @Nullable ServiceError error,
        @Nullable BindingHealth binding) {
      RouteBreaker breaker = guarded.breaker();
      return new RouteHealth(
          guarded.route().name(),
          error == null,
          status,
          latency,
          error,
          state(breaker),
          breaker == null ? Duration.ZERO : breaker.opensAgainIn(),
          binding);
    }
  }
}
