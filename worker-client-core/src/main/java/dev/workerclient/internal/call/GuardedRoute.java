package dev.workerclient.internal.call;

import dev.workerclient.internal.route.Route;
import dev.workerclient.internal.route.RouteBreaker;
import org.jspecify.annotations.Nullable;

/**
 * A route of a service with what guards it.
 *
 * @param breaker its breaker, or null where breakers are off
 * @param probe asks whether the route is well, or null where the service named no health path
 */
public record GuardedRoute(Route route, @Nullable RouteBreaker breaker, @Nullable Probe probe) {}
