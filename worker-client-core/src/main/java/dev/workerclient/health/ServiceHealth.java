package dev.workerclient.health;

import java.util.List;
import java.util.Objects;

/**
 * The health of a service.
 *
 * @param service its name
 * @param routes its routes in the order that calls try them; at least one. Copied
 */
public record ServiceHealth(String service, List<RouteHealth> routes) {
  /**
   * Keeps a copy of the routes.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ServiceHealth {
    Objects.requireNonNull(service, "service");
    routes = List.copyOf(Objects.requireNonNull(routes, "routes"));
    if (routes.isEmpty()) {
      throw new IllegalArgumentException("a service has one route at least");
    }
  }

  /**
   * Returns {@code UP} if the first route works, {@code DEGRADED} if only another one does, and
   * {@code DOWN} if none does.
   */
  public HealthStatus status() {
    if (routes.get(0).up()) {
      return HealthStatus.UP;
    }
    return routes.stream().anyMatch(RouteHealth::up) ? HealthStatus.DEGRADED : HealthStatus.DOWN;
  }

  /**
   * Returns the route of that name.
   *
   * @param name {@code binding-proxy} or {@code custom-domain}
   * @throws IllegalArgumentException if the service has none of that name
   */
  public RouteHealth route(String name) {
    Objects.requireNonNull(name, "name");
    return routes.stream()
        .filter(route -> route.route().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "service "
                        + service
                        + " has no route \""
                        + name
                        + "\"; it has "
                        + routes.stream().map(RouteHealth::route).toList()));
  }
}
