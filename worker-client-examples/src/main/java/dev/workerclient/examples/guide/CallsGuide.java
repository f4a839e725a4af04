package dev.workerclient.examples.guide;

import dev.workerclient.MultipartBody;
import dev.workerclient.StreamingResponse;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerRequest;
import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The code of docs/calls.md. */
final class CallsGuide {
  private final WorkerService orders;
  private final WorkerService media;

  CallsGuide(WorkerService orders, WorkerService media) {
    this.orders = orders;
    this.media = media;
  }

  record Order(String id, int quantity) {}

  record Receipt(String id) {}

  /** Where an application keeps its tokens. */
  interface Secrets {
    String proxyToken();

    String ordersToken();
  }

  /** Code that an application has already. */
  interface Existing {
    String load(String id) throws IOException;
  }

  static WorkerClient client(Secrets secrets) {
    WorkerClient client =
        WorkerClient.builder()
            .bindingProxy(
                "https://workers-proxy.example.com",
                proxy ->
                    proxy.bearerToken(secrets::proxyToken)) // a Supplier: read for each attempt
            .service(
                "ORDERS",
                service ->
                    service.customDomain(
                        "https://orders.example.com",
                        domain ->
                            domain
                                .bearerToken(secrets::ordersToken)
                                .header("X-Tenant", "acme")
                                .stampedBy("worker-client-ran")))
            .service("AUDIT") // through the binding alone
            .callTimeout(Duration.ofSeconds(10))
            .attemptTimeout(Duration.ofSeconds(3))
            .build();
    return client;
  }

  WorkerResponse request(String id) {
    WorkerResponse response =
        orders
            .get("/v1/orders/{id}", id)
            .query("verbose", true)
            .header("Accept-Language", "en")
            .callTimeout(Duration.ofSeconds(2))
            .execute();
    return response;
  }

  int fetch() {
    Order order = orders.get("/v1/orders/{id}", "o-1").fetch(Order.class);
    CompletableFuture<Order> later = orders.get("/v1/orders/{id}", "o-2").fetchAsync(Order.class);
    return order.quantity() + later.join().quantity();
  }

  Receipt post(Order order) {
    Receipt receipt =
        orders.post("/v1/orders").body(order).idempotencyKey(order.id()).fetch(Receipt.class);
    return receipt;
  }

  long stream(OutputStream target) throws IOException {
    try (StreamingResponse export = orders.get("/v1/export.csv").executeStreaming().orThrow()) {
      return export.stream().transferTo(target);
    }
  }

  void follow(String job, Consumer<String> progress) {
    WorkerRequest request =
        orders.get("/v1/jobs/{id}/events", job).header("Accept", "text/event-stream");
    try (StreamingResponse response = request.executeStreaming()) {
      response.events().forEach(event -> progress.accept(event.data()));
    }
  }

  void eachOrder(Consumer<Order> each) {
    try (StreamingResponse response = orders.get("/v1/orders.ndjson").executeStreaming()) {
      response.lines(Order.class).forEach(each);
    }
  }

  void upload(Path file) {
    MultipartBody image =
        MultipartBody.builder()
            .textPart("title", "Front view")
            .filePart("file", file, "image/png")
            .build();
    media.post("/v1/images").multipartBody(image).send();
  }

  void importOrders(Iterable<String> rows) {
    WorkerRequest.BodyWriter csv =
        out -> {
          for (String row : rows) {
            out.write(row.getBytes(StandardCharsets.UTF_8));
          }
        };
    orders.put("/v1/import.csv").body(csv, "text/csv").send();
  }

  void untilTheClientLeaves(CompletableFuture<Void> disconnected) {
    orders.get("/v1/report").cancelledBy(disconnected).execute();
  }

  WorkerResponse adapted() {
    WorkerResponse response =
        orders
            .requestEncoded("GET", "/v1/orders/a%20b?verbose=true")
            .operation("getOrder")
            .execute();
    return response;
  }

  static String object(WorkerService service) {
    String state = service.durableObject("room-1").get("/state").fetch(String.class);
    return state;
  }

  String guard(Existing existing) {
    String order = orders.guard("getOrder", () -> existing.load("o-1"));
    return order;
  }
}
