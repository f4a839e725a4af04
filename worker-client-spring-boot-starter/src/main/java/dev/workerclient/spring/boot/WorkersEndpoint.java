package dev.workerclient.spring.boot;

import dev.workerclient.WorkerClient;
import dev.workerclient.internal.json.ReportForm;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The actuator endpoint {@code workers}: shows the routes of all services, diagnoses a service, and
 * resets circuit breakers. A diagnosis names hosts and IP addresses: expose it to operators only.
 */
@Endpoint(id = "workers")
public final class WorkersEndpoint {
  private final WorkerClient client;

  WorkersEndpoint(WorkerClient client) {
    this.client = client;
  }

  /**
   * Returns the health and breaker state of each route of each service, in the format of {@code
   * HealthJson} in the Jackson modules.
   */
  @ReadOperation
  public Map<String, Object> workers() {
    return ReportForm.of(client.health());
  }

  /**
   * Returns the diagnosis of a service, in the format of {@code DiagnosisJson} in the Jackson
   * modules; null, which results in a 404, if there is no service of that name.
   */
  @ReadOperation
  public @Nullable Map<String, Object> diagnosis(@Selector String service) {
    return client.serviceNames().contains(service)
        ? ReportForm.of(client.service(service).diagnose())
        : null;
  }

  /** Resets the circuit breakers of all services. Use it after a configuration error was fixed. */
  @WriteOperation
  public void resetBreakers() {
    client.resetBreakers();
  }
}
