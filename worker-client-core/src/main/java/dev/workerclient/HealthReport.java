package dev.workerclient;

import dev.workerclient.health.HealthStatus;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.health.ServiceHealth;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How well every route of every service is; made by {@link WorkerClient#health}. Immutable.
 *
 * <p>It holds no credential and no host name, so that it can be shown to those who run the service.
 * Up to 300 characters of what a remote said of its failure may be in it, cut and escaped. {@code
 * worker-client-jackson} writes it as JSON.
 *
 * @param takenAt when the last route had answered
 * @param services each service, in the order that the builder was given them; at least one. Copied
 * @param proxy what the binding proxy says of itself; null where the client has none
 */
public record HealthReport(
    Instant takenAt, List<ServiceHealth> services, @Nullable ProxyHealth proxy) {
  /** Keeps a copy of the services. */
  public HealthReport {
    Objects.requireNonNull(takenAt, "takenAt");
    services = List.copyOf(Objects.requireNonNull(services, "services"));
  }

  /** The status of the service that is worst. */
  public HealthStatus status() {
    return services.stream()
        .map(ServiceHealth::status)
        .reduce(HealthStatus.UP, HealthStatus::worse);
  }

  /**
   * What to answer whoever asks over HTTP: 503 if a service is down, else 200. A degraded service
   * does its work.
   */
  public int httpStatus() {
    return status() == HealthStatus.DOWN ? 503 : 200;
  }

  /**
   * The service of that name.
   *
   * @throws IllegalArgumentException if the client has none of that name
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

  /** A table for a terminal, with cause and fix of what fails; no line is over 100 characters. */
  public String toTable() {
    return HealthTable.of(this);
  }

  @Override
  public String toString() {
    return toTable();
  }
}
