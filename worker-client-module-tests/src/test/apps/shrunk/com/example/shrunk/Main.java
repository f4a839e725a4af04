package com.example.shrunk;

import dev.workerclient.TypeRef;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.rpc.Idempotent;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcName;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls a service by HTTP and by RPC, and prints what it returns. */
public final class Main {
  private Main() {}

  public record Order(String id, int cents) {}

  public interface Orders {
    @RpcName("count")
    @Idempotent
    int number(String status);

    CompletableFuture<List<Order>> open();

    default String both() {
      return number("open") + " " + open().join();
    }
  }

  public static void main(String[] args) {
    try (WorkerClient client =
        WorkerClient.builder()
            .bindingProxy(args[0], proxy -> proxy.bearerToken(args[1]))
            .service("ORDERS", service -> {})
            .build()) {
      WorkerService service = client.service("ORDERS");
      System.out.println(service.get("/v1/orders").fetch(new TypeRef<List<Order>>() {}));
      System.out.println(service.post("/v1/orders").body(new Order("o-2", 7)).fetch(Order.class));
      System.out.println(Rpc.of(service, Orders.class).both());
    }
  }
}
