package com.example.full;

import static dev.workerclient.mockserver.MockAnswer.json;

import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.workerd.WorkerdServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Mocks Workers, and calls them with JSON bodies and by RPC; codec and file reader are found. */
public class Main {
  /** Answers for the Worker. */
  public static class English implements Greeter {
    @Override
    public String hello(String name) {
      return "hello " + name;
    }
  }

  public static void main(String[] args) throws IOException {
    try (MockWorkers workers = MockWorkers.start()) {
      workers.service("ORDERS").binding().answers(json("{\"id\":\"7\",\"cents\":4200}"));
      workers.service("GREETER").rpc(new English());
      WorkerClient client = workers.client();
      System.out.println(client.service("ORDERS").get("/orders/7").fetch(Order.class));
      Path file = Files.createTempFile("workers", ".yaml");
      String domain = "worker-client.services.ORDERS.custom-domain.url: https://orders.example.com";
      System.out.println(WorkerClient.fromConfig(Files.writeString(file, domain)));
      Files.delete(file);
      System.out.println(Rpc.of(client.service("GREETER"), Greeter.class).hello("you"));
    }
    System.out.println(WorkerdServer.class.getModule().getName());
    System.exit(0);
  }
}
