package dev.workerclient.health;

import dev.workerclient.error.ServiceError;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The health of one route of a service.
 *
 * @param route {@code binding-proxy} or {@code custom-domain}
 * @param up whether the route works: the health path answered 2xx; without a health path, the
 *     target answered at all; for a binding that does not take plain requests, the proxy has it as
 *     configured
 * @param httpStatus the status of the response; empty if there was none, or no request was sent
 * @param latency the time from the request to the end of the response, or to the failure; zero if
 *     no request was sent
 * @param error what is wrong, with cause and fix; null if the route is up
 * @param breaker the current state of its circuit breaker
 * @param breakerOpenFor how long until the route may be tried; zero if the breaker is not open, if
 *     the route may be tried now, or if that is not known, as for a breaker that the application
 *     opened itself
 * @param binding the binding proxy's report on the binding; null on other routes, and if the proxy
 *     did not report it
 */
public record RouteHealth(
    String route,
    boolean up,
    OptionalInt httpStatus,
    Duration latency,
    @Nullable ServiceError error,
    BreakerState breaker,
    Duration breakerOpenFor,
    @Nullable BindingHealth binding) {
  /** Requires every component that is not nullable. */
  public RouteHealth {
    Objects.requireNonNull(route, "route");
    Objects.requireNonNull(httpStatus, "httpStatus");
    Objects.requireNonNull(latency, "latency");
    Objects.requireNonNull(breaker, "breaker");
    Objects.requireNonNull(breakerOpenFor, "breakerOpenFor");
  }
}
