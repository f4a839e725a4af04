package com.example;

import static dev.workerclient.mockserver.MockAnswer.json;

import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.MockWorkers;

/** One call, decoded by Jackson, with the released artifacts alone on the class path. */
public final class Consumer {
  /** What the Worker returns. */
  public record Order(String id, int quantity) {}

  public static void main(String[] args) throws Exception {
    try (MockWorkers workers = MockWorkers.start()) {
      workers.service("ORDERS").binding().answers(json("{\"id\":\"o-1\",\"quantity\":2}"));
      try (WorkerClient client = workers.client()) {
        Order order = client.service("ORDERS").get("/v1/orders/o-1").fetch(Order.class);
        if (!order.equals(new Order("o-1", 2))) {
          throw new IllegalStateException("the call returned " + order);
        }
        System.out.println("  the call returned " + order);
      }
    }
  }
}
