package dev.workerclient.spring.boot;

import dev.workerclient.WorkerClient;
import dev.workerclient.health.HealthStatus;
import dev.workerclient.health.ServiceHealth;
import dev.workerclient.internal.json.ReportForm;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health of one service: DOWN if no route works, else UP, with {@code degraded} in the details
 * if calls fall back to another route. All services share one report, which is kept for 5 seconds.
 */
final class WorkerServiceHealthIndicator extends AbstractHealthIndicator {
  private final WorkerClient client;
  private final String service;

  WorkerServiceHealthIndicator(WorkerClient client, String service) {
    super("the health of service " + service + " is not known");
    this.client = client;
    this.service = service;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    ServiceHealth found = client.health().service(service);
    if (found.status() == HealthStatus.DOWN) {
      health.down();
    } else {
      health.up().withDetail("degraded", found.status() == HealthStatus.DEGRADED);
    }
    Object routes = ReportForm.of(found).get("routes");
    if (routes != null) {
      health.withDetail("routes", routes);
    }
  }
}
