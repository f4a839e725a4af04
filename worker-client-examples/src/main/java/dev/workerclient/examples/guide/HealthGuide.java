package dev.workerclient.examples.guide;

import dev.workerclient.DiagnosisReport;
import dev.workerclient.HealthReport;
import dev.workerclient.WorkerClient;
import dev.workerclient.health.HealthStatus;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code of docs/health.md; its HTTP server is in the package {@code health}. */
final class HealthGuide {
  private static final Logger log = LoggerFactory.getLogger(HealthGuide.class);

  private HealthGuide() {}

  static WorkerClient client(Supplier<String> token) {
    WorkerClient client =
        WorkerClient.builder()
            .bindingProxy("https://workers-proxy.example.com", proxy -> proxy.bearerToken(token))
            .service(
                "MEDIA",
                service -> service.customDomain("https://media.example.com").healthPath("/health"))
            .healthTimeout(Duration.ofSeconds(1))
            .build();
    return client;
  }

  static void health(WorkerClient client) {
    HealthReport health = client.health();
    if (health.status() != HealthStatus.UP) {
      log.warn("not all routes are up:\n{}", health.toTable());
    }
  }

  static void diagnose(WorkerClient client) {
    DiagnosisReport diagnosis = client.service("MEDIA").diagnose();
    if (!diagnosis.passed()) {
      log.warn("{}", diagnosis.toText());
    }
  }
}
