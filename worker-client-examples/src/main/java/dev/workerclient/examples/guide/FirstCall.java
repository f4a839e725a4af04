package dev.workerclient.examples.guide;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;

/** Prints order o-1 of the Worker at a given address, such as https://orders.example.com. */
public final class FirstCall {
  record Order(String id, int quantity) {}

  private FirstCall() {}

  public static void main(String[] args) {
    try (WorkerClient client =
        WorkerClient.builder()
            .service("ORDERS", service -> service.customDomain(args[0]))
            .build()) {
      WorkerService orders = client.service("ORDERS");

      Order order = orders.get("/v1/orders/{id}", "o-1").fetch(Order.class);
      System.out.println(order);
    }
  }
}
