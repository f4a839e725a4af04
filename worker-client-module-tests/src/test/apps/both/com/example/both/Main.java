package com.example.both;

import static dev.workerclient.mockserver.MockAnswer.json;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.mockserver.MockWorkers;
import java.util.Objects;

/** Reads a body, and says which Jackson refused the next. */
public class Main {
  public record Order(String id, int cents) {}

  public static void main(String[] args) {
    try (MockWorkers workers = MockWorkers.start()) {
      workers
          .service("ORDERS")
          .binding()
          .answers(json("{\"id\":\"7\",\"cents\":4200}"))
          .times(1)
          .thenAnswers(json("{"));
      WorkerClient client = workers.client();
      System.out.println(client.service("ORDERS").get("/orders/7").fetch(Order.class));
      try {
        client.service("ORDERS").get("/orders/8").fetch(Order.class);
      } catch (WorkerDecodingException e) {
        StackTraceElement thrower = Objects.requireNonNull(e.getCause()).getStackTrace()[0];
        System.out.println(thrower.getModuleName());
      }
    }
    System.exit(0);
  }
}
