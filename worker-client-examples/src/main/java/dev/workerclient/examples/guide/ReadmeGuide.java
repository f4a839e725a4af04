package dev.workerclient.examples.guide;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;

/** The code of README.md. */
final class ReadmeGuide {
  private ReadmeGuide() {}

  record Order(String id, int quantity) {}

  static Order firstCall(String token) {
    WorkerClient client =
        WorkerClient.builder()
            .bindingProxy("https://workers-proxy.example.com", proxy -> proxy.bearerToken(token))
            .service("ORDERS", service -> service.customDomain("https://orders.example.com"))
            .build();
    WorkerService orders = client.service("ORDERS");

    Order order = orders.get("/v1/orders/{id}", "o-1").fetch(Order.class);
    return order;
  }
}
