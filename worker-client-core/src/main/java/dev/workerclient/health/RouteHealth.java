package dev.workerclient.health;

import dev.workerclient.error.ServiceError;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How well one route of a service is.
 *
 * @param route {@code binding-proxy} or {@code custom-domain}
 * @param up whether it works: a health path answered 2xx; without a health path, the target
 *     answered at all; of a binding that takes no plain request, whether the proxy has it as it
 *     should be
 * @param httpStatus the status that came back; empty where no response did, or none was asked for
 * @param latency from the request to the whole answer, or to the failure; zero where nothing was
 *     asked
 * @param error what is wrong, with cause and fix; null where it is up
 * @param breaker what its circuit breaker does with users' calls at the moment
 * @param breakerOpenFor how long until the route may be tried; zero if it is not open, if it may be
 *     tried now, and if that is not known, as of a breaker that the application opened itself
 * @param binding what the binding proxy says of the binding; null on other routes, and where the
 *     proxy said nothing
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
