package dev.workerclient.examples.guide;

import dev.workerclient.DiagnosisReport;
import dev.workerclient.HealthReport;
import dev.workerclient.RouteKind;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.health.HealthStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code of docs/migrating.md. */
final class MigratingGuide {
  private static final Logger log = LoggerFactory.getLogger(MigratingGuide.class);

  private MigratingGuide() {}

  static WorkerClient workersDev() {
    WorkerClient client =
        WorkerClient.builder()
            .service(
                "ORDERS",
                service ->
                    service
                        .customDomain("https://orders.example.workers.dev")
                        .healthPath("/health"))
            .build();
    return client;
  }

  static WorkerClient customDomain(String ordersToken) {
    WorkerClient client =
        WorkerClient.builder()
            .service(
                "ORDERS",
                service ->
                    service
                        .customDomain(
                            "https://orders.example.com", domain -> domain.bearerToken(ordersToken))
                        .healthPath("/health"))
            .build();
    return client;
  }

  static WorkerClient proxyAsSecondRoute(String proxyToken, String ordersToken) {
    WorkerClient client =
        WorkerClient.builder()
            .bindingProxy(
                "https://workers-proxy.example.com", proxy -> proxy.bearerToken(proxyToken))
            .service(
                "ORDERS",
                service ->
                    service
                        .customDomain(
                            "https://orders.example.com", domain -> domain.bearerToken(ordersToken))
                        .healthPath("/health")
                        .routes(RouteKind.CUSTOM_DOMAIN, RouteKind.BINDING_PROXY))
            .build();
    return client;
  }

  static WorkerClient bindingAlone(String proxyToken) {
    WorkerClient client =
        WorkerClient.builder()
            .bindingProxy(
                "https://workers-proxy.example.com", proxy -> proxy.bearerToken(proxyToken))
            .service("ORDERS", service -> service.healthPath("/health"))
            .build();
    return client;
  }

  static boolean worked(WorkerClient client) {
    DiagnosisReport diagnosis = client.service("ORDERS").diagnose();
    if (!diagnosis.passed()) {
      log.warn("{}", diagnosis.toText());
      return false;
    }
    HealthReport health = client.health();
    log.info("{}", health.toTable());
    return health.status() == HealthStatus.UP;
  }

  static String route(WorkerService orders) {
    String route = orders.get("/v1/orders/{id}", "o-1").execute().route();
    return route;
  }
}
