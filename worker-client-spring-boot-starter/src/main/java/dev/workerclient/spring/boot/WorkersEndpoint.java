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
 * The actuator endpoint {@code workers}: the routes of all services, the diagnosis of one, and the
 * reset of circuit breakers. A diagnosis names hosts and addresses: it is for operators.
 */
@Endpoint(id = "workers")
public final class WorkersEndpoint {
  private final WorkerClient client;

  WorkersEndpoint(WorkerClient client) {
    this.client = client;
  }

  /**
   * Returns health and breaker of each route of each service, in the form of {@code HealthJson} of
   * the Jackson modules.
   */
  @ReadOperation
  public Map<String, Object> workers() {
    return ReportForm.of(client.health());
  }

  /**
   * Returns the diagnosis of a service, in the form of {@code DiagnosisJson} of the Jackson
   * modules; null, which is answered with 404, if there is no service of that name.
   */
  @ReadOperation
  public @Nullable Map<String, Object> diagnosis(@Selector String service) {
    return client.serviceNames().contains(service)
        ? ReportForm.of(client.service(service).diagnose())
        : null;
  }

  /**
   * Resets the circuit breakers of all services: for use after a misconfiguration was corrected.
   */
  @WriteOperation
  public void resetBreakers() {
    client.resetBreakers();
  }
}
