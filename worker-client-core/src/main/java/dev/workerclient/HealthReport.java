package dev.workerclient;

import dev.workerclient.health.HealthStatus;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.health.ServiceHealth;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link WorkerClient#health}: the health of every route of every service. Immutable.
 *
 * <p>It contains no credentials and no host names, so it can be shown to operators. It may quote up
 * to 300 characters of a remote's error message, truncated and escaped. {@code
 * worker-client-jackson} writes it as JSON.
 *
 * @param takenAt when the last route was checked
 * @param services each service, in the order in which they were added to the builder; at least one.
 *     Copied
 * @param proxy the binding proxy's report on itself; null if the client has no binding proxy
 */
public record HealthReport(
    Instant takenAt, List<ServiceHealth> services, @Nullable ProxyHealth proxy) {
  /** Keeps a copy of the services. */
  public HealthReport {
    Objects.requireNonNull(takenAt, "takenAt");
    services = List.copyOf(Objects.requireNonNull(services, "services"));
  }

  /** Returns the worst status of all services. */
  public HealthStatus status() {
    return services.stream()
        .map(ServiceHealth::status)
        .reduce(HealthStatus.UP, HealthStatus::worse);
  }

  /**
   * Returns the HTTP status for a health endpoint: 503 if a service is down, otherwise 200. A
   * degraded service still works.
   */
  public int httpStatus() {
    return status() == HealthStatus.DOWN ? 503 : 200;
  }

  /**
   * Returns the health of the service of that name.
   *
   * @throws IllegalArgumentException if the client has no service of that name
   */
  public ServiceHealth service(String name) {
    Objects.requireNonNull(name, "name");
    return services.stream()
        .filter(service -> service.service().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no service "
                        + Arguments.quote(name)
                        + "; known are "
                        + services.stream().map(ServiceHealth::service).toList()));
  }

  /**
   * Returns the report as a table for a terminal, with cause and fix of failures, in lines of at
   * most 100 characters.
   */
  public String toTable() {
    return HealthTable.of(this);
  }

  @Override
  public String toString() {
    return toTable();
  }
}
