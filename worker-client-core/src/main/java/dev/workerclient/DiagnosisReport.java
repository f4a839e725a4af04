package dev.workerclient;

import dev.workerclient.health.RouteDiagnosis;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The result of {@link WorkerService#diagnose}: the steps that were checked on each route of a
 * service. Immutable.
 *
 * <p>It contains no credentials and no bodies, but it names hosts and IP addresses: show it to
 * operators, not to callers. {@code worker-client-jackson} writes it as JSON.
 *
 * @param service the service's name
 * @param takenAt when the diagnosis ended
 * @param routes each route, in the order in which calls try them. Copied
 */
public record DiagnosisReport(String service, Instant takenAt, List<RouteDiagnosis> routes) {
  /** Keeps a copy of the routes. */
  public DiagnosisReport {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(takenAt, "takenAt");
    routes = List.copyOf(Objects.requireNonNull(routes, "routes"));
  }

  /** Returns whether all routes passed. */
  public boolean passed() {
    return routes.stream().allMatch(route -> route.failure().isEmpty());
  }

  /**
   * Returns the diagnosis of the route of that name.
   *
   * @param name {@code binding-proxy} or {@code custom-domain}
   * @throws IllegalArgumentException if the service has no route of that name
   */
  public RouteDiagnosis route(String name) {
    Objects.requireNonNull(name, "name");
    return routes.stream()
        .filter(route -> route.route().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no route "
                        + Arguments.quote(name)
                        + " was walked; there are "
                        + routes.stream().map(RouteDiagnosis::route).toList()));
  }

  /**
   * Returns the diagnosis of that route.
   *
   * @throws IllegalArgumentException if the service has no such route
   */
  public RouteDiagnosis route(RouteKind kind) {
    Objects.requireNonNull(kind, "kind");
    return route(kind.routeName());
  }

  /** Returns the report as text for a terminal, with fixes, in lines of at most 100 characters. */
  public String toText() {
    return DiagnosisText.of(this);
  }

  @Override
  public String toString() {
    return toText();
  }
}
