package dev.workerclient.internal.health;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.BreakerState;
import dev.workerclient.health.RouteHealth;
import dev.workerclient.internal.call.GuardedRoute;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.Outcome;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.route.BindingProxyRoute;
import dev.workerclient.internal.route.RouteBreaker;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Finds out how one route is. Its breaker is looked at, and neither asked nor told. */
final class RouteCheck {
  private final HealthCheck.Service service;
  private final GuardedRoute guarded;
  private final Transport transport;
  private final Task<HealthRequest> task = new Task<>(this::ask);

  RouteCheck(HealthCheck.Service service, GuardedRoute guarded, Transport transport) {
    this.service = service;
    this.guarded = guarded;
    this.transport = transport;
  }

  CompletableFuture<HealthRequest> start(Executor executor) {
    return task.start(executor);
  }

  private HealthRequest ask() {
    return HealthRequest.send(service.get(null), guarded.route(), transport).ofTarget();
  }

  boolean isThroughProxy() {
    return guarded.route() instanceof BindingProxyRoute;
  }

  /**
   * Says how the route is.
   *
   * @param asked what was asked, or null if it did not end in its time
   * @param binding what the binding proxy says if the route leads through it, or null
   */
  RouteHealth health(@Nullable HealthRequest asked, @Nullable BindingHealth binding) {
    if (asked == null) {
      return health(OptionalInt.empty(), service.limits().callTime(), late(), binding);
    }
    if (asked.outcome() instanceof Outcome.Failed failed) {
      return isNoFetcher(failed, binding)
          ? health(OptionalInt.empty(), Duration.ZERO, null, binding)
          : health(asked.status(), asked.latency(), asked.error(failed), binding);
    }
    Outcome.Answered answer = (Outcome.Answered) asked.outcome();
    ServiceError error = asked.unhealthy(service, answer);
    return health(asked.status(), asked.latency(), error, binding);
  }

  /** A sound Durable Object namespace, queue and the like takes no request without more. */
  private static boolean isNoFetcher(Outcome.Failed failed, @Nullable BindingHealth binding) {
    return binding != null
        && binding.isAsConfigured()
        && !binding.kind().equals("service")
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
        breaker == null ? BreakerState.OFF : state(breaker),
        breaker == null ? Duration.ZERO : breaker.opensAgainIn(),
        binding);
  }

  private static BreakerState state(RouteBreaker breaker) {
    return switch (breaker.state()) {
      case CLOSED -> BreakerState.CLOSED;
      case OPEN, FORCED_OPEN -> BreakerState.OPEN;
      case HALF_OPEN -> BreakerState.HALF_OPEN;
      case DISABLED, METRICS_ONLY -> BreakerState.OFF;
    };
  }

  private ServiceError late() {
    return ServiceError.builder(
            service.name(), "GET " + service.path(), FailureKind.WORKER_TIMEOUT.name())
        .message("the request did not end within healthTimeout, though it was told to")
        .status(FailureKind.WORKER_TIMEOUT.statusToHandOn())
        .diagnosis(
            Diagnosis.of(
                "something that can't be cancelled holds it: a credential's supplier, an"
                    + " interceptor, or the lookup of the host's name; or this machine is too busy",
                "take a thread dump and see what worker-client-health waits for",
                ""))
        .build();
  }
}
