package dev.workerclient.examples.guide;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcRequest;
import dev.workerclient.rpc.RpcSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The code of the sessions in docs/rpc.md. */
final class SessionGuide {
  private final WorkerService service;

  SessionGuide(WorkerService service) {
    this.service = service;
  }

  static Orders.Receipt buy(WorkerClient client) {
    try (RpcSession session = Rpc.session(client.service("ORDERS"))) {
      Orders orders = session.of(Orders.class);
      try (Orders.Cart cart = orders.cart()) {
        cart.add("apple");
        cart.add("pear");
        return cart.order();
      }
    }
  }

  void watch(Orders orders, List<String> events) {
    orders.watch(event -> events.add(event));
  }

  List<Integer> totals(Orders orders) {
    List<Integer> totals = orders.all().map(Orders.Order.class, Orders.Order::total).join();
    return totals;
  }

  long export(Orders orders, Path file) throws IOException {
    try (InputStream csv = orders.export()) {
      return Files.copy(csv, file);
    }
  }

  void archive(Orders orders, Path file) throws IOException {
    try (OutputStream archive = orders.archive()) {
      Files.copy(file, archive);
    }
  }

  int forward(Orders orders, byte[] pdf) {
    InputStream body = new ByteArrayInputStream(pdf);
    RpcRequest upload = new RpcRequest("PUT", "https://files.example.com/1", Map.of(), body);
    int status = orders.forward(upload).status();
    return status;
  }

  RpcSession open(Consumer<Throwable> reconnect) {
    RpcSession session =
        RpcSession.builder(service)
            .callTimeout(Duration.ofSeconds(5))
            .pingInterval(Duration.ofSeconds(10))
            .open();
    session.onBroken(failure -> reconnect.accept(failure));
    return session;
  }
}
