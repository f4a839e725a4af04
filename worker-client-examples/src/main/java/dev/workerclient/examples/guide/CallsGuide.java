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
  private final WorkerService apiMom;

  CallsGuide(WorkerService apiMom) {
    this.apiMom = apiMom;
  }

  record Capability(String name, boolean ready) {}

  record Order(String id) {}

  record Receipt(String id) {}

  /** Where an application keeps its tokens. */
  interface Secrets {
    String proxyToken();

    String apiMomToken();
  }

  /** Code that an application has already. */
  interface Existing {
    String load(String name) throws IOException;
  }

  static WorkerClient client(Secrets secrets) {
    WorkerClient client =
        WorkerClient.builder()
            .bindingProxy(
                "https://workers-proxy.example.com",
                proxy ->
                    proxy.bearerToken(secrets::proxyToken)) // a Supplier: read for each attempt
            .service(
                "APIMOM",
                service ->
                    service.customDomain(
                        "https://api-mom.example.com",
                        domain ->
                            domain
                                .bearerToken(secrets::apiMomToken)
                                .header("X-Tenant", "acme")
                                .stampedBy("worker-client-ran")))
            .service("AUDIT") // through the binding alone
            .callTimeout(Duration.ofSeconds(10))
            .attemptTimeout(Duration.ofSeconds(3))
            .build();
    return client;
  }

  WorkerResponse request(String name) {
    WorkerResponse response =
        apiMom
            .get("/v1/capabilities/{name}", name)
            .query("verbose", true)
            .header("Accept-Language", "en")
            .callTimeout(Duration.ofSeconds(2))
            .execute();
    return response;
  }

  boolean fetch() {
    Capability tts = apiMom.get("/v1/capabilities/{name}", "tts").fetch(Capability.class);
    CompletableFuture<Capability> later =
        apiMom.get("/v1/capabilities/{name}", "stt").fetchAsync(Capability.class);
    return tts.ready() && later.join().ready();
  }

  Receipt post(Order order) {
    Receipt receipt =
        apiMom.post("/v1/orders").body(order).idempotencyKey(order.id()).fetch(Receipt.class);
    return receipt;
  }

  long stream(OutputStream target) throws IOException {
    try (StreamingResponse export = apiMom.get("/export").executeStreaming().orThrow()) {
      return export.stream().transferTo(target);
    }
  }

  void follow(String job, Consumer<String> progress) {
    WorkerRequest request =
        apiMom.get("/v1/jobs/{id}/events", job).header("Accept", "text/event-stream");
    try (StreamingResponse response = request.executeStreaming()) {
      response.events().forEach(event -> progress.accept(event.data()));
    }
  }

  void orders(Consumer<Order> each) {
    try (StreamingResponse response = apiMom.get("/v1/orders.ndjson").executeStreaming()) {
      response.lines(Order.class).forEach(each);
    }
  }

  void upload(Path sample) {
    MultipartBody voice =
        MultipartBody.builder()
            .textPart("name", "anna")
            .filePart("sample", sample, "audio/wav")
            .build();
    apiMom.post("/v1/voices").multipartBody(voice).send();
  }

  void export(Iterable<String> rows) {
    WorkerRequest.BodyWriter csv =
        out -> {
          for (String row : rows) {
            out.write(row.getBytes(StandardCharsets.UTF_8));
          }
        };
    apiMom.put("/v1/export.csv").body(csv, "text/csv").send();
  }

  void untilTheClientLeaves(CompletableFuture<Void> disconnected) {
    apiMom.get("/v1/report").cancelledBy(disconnected).execute();
  }

  WorkerResponse adapted() {
    WorkerResponse response =
        apiMom
            .requestEncoded("GET", "/v1/capabilities/a%20b?verbose=true")
            .operation("getCapability")
            .execute();
    return response;
  }

  static String object(WorkerService service) {
    String state = service.durableObject("room-1").get("/state").fetch(String.class);
    return state;
  }

  String guard(Existing existing) {
    String value = apiMom.guard("getCapability", () -> existing.load("tts"));
    return value;
  }
}
