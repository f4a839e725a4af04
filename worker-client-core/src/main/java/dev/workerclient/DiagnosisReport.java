package dev.workerclient;

import dev.workerclient.health.RouteDiagnosis;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a walk through the decision tree found on each route of one service; made by {@link
 * WorkerService#diagnose}. Immutable.
 *
 * <p>It holds no credential and no body, but names hosts and addresses: it is for those who run the
 * service, and not for its callers. {@code worker-client-jackson} writes it as JSON.
 *
 * @param service the service's name
 * @param takenAt when the walk ended
 * @param routes each route, in the order that calls try them. Copied
 */
public record DiagnosisReport(String service, Instant takenAt, List<RouteDiagnosis> routes) {
  /** Keeps a copy of the routes. */
  public DiagnosisReport {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(takenAt, "takenAt");
    routes = List.copyOf(Objects.requireNonNull(routes, "routes"));
  }

  /** Whether no step failed on any route. */
  public boolean passed() {
    return routes.stream().allMatch(route -> route.failure().isEmpty());
  }

  /**
   * The route of that name.
   *
   * @param name {@code binding-proxy} or {@code custom-domain}
   * @throws IllegalArgumentException if none of that name was walked
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
   * Returns what was found on that route.
   *
   * @throws IllegalArgumentException if the service has no such route
   */
  public RouteDiagnosis route(RouteKind kind) {
    Objects.requireNonNull(kind, "kind");
    return route(kind.routeName());
  }

  /** The steps for a terminal, with what to do; no line is over 100 characters. */
  public String toText() {
    return DiagnosisText.of(this);
  }

  @Override
  public String toString() {
    return toText();
  }
}
