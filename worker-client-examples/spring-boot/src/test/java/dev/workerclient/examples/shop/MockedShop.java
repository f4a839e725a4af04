package dev.workerclient.examples.shop;

import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockService;
import dev.workerclient.mockserver.MockWorkers;
import java.util.List;

/** Runs the application on mocked Workers: of the service ORDERS, the binding is missing. */
public final class MockedShop {
  private MockedShop() {}

  /** Starts the mock, and the application in its staging profile. */
  public static void main(String[] arguments) {
    MockWorkers workers = MockWorkers.start();
    script(workers);
    Shop.main(
        new String[] {
          "--spring.profiles.active=staging",
          "--PROXY_TOKEN=" + workers.proxyToken(),
          "--ORDERS_TOKEN=orders-token",
          "--worker-client.binding-proxy.url=" + workers.proxyUrl(),
          "--worker-client.services.ORDERS.custom-domain.url=" + workers.customDomainUrl("ORDERS")
        });
    for (String path :
        List.of(
            "/orders/7",
            "/items/7",
            "/actuator/health",
            "/actuator/workers",
            "/actuator/workers/ORDERS",
            "/actuator/prometheus")) {
      System.out.println("http://localhost:8080" + path);
    }
  }

  static void script(MockWorkers workers) {
    MockService orders = workers.service("ORDERS");
    orders.binding().fails(Fault.bindingMissing());
    orders
        .customDomain()
        .answers(
            MockAnswer.json("{\"id\":\"7\",\"cents\":995,\"placedAt\":\"2026-11-29T10:15:30Z\"}"));
    workers
        .service("CATALOG")
        .binding()
        .answers(MockAnswer.json("{\"id\":\"7\",\"title\":\"Cup\"}"));
  }
}
