package com.example.full;

import static dev.workerclient.mockserver.MockAnswer.json;

import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.workerd.WorkerdServer;

/** Mocks Workers, and calls them with JSON bodies and by RPC; the codec is found. */
public class Main {
  /** Answers for the Worker. */
  public static class English implements Greeter {
    @Override
    public String hello(String name) {
      return "hello " + name;
    }
  }

  public static void main(String[] args) {
    try (MockWorkers workers = MockWorkers.start()) {
      workers.service("ORDERS").binding().answers(json("{\"id\":\"7\",\"cents\":4200}"));
      workers.service("GREETER").rpc(new English());
      WorkerClient client = workers.client();
      System.out.println(client.service("ORDERS").get("/orders/7").fetch(Order.class));
      System.out.println(Rpc.of(client.service("GREETER"), Greeter.class).hello("you"));
    }
    System.out.println(WorkerdServer.class.getModule().getName());
    System.exit(0);
  }
}
