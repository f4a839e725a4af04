package dev.workerclient.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.BodyCodec;
import dev.workerclient.TypeRef;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.internal.json.ProblemForm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client with the JSON codec of the class path, whichever Jackson it is made of. */
public abstract class WorkerClientJsonContract {
  private final Class<? extends BodyCodec> found;
  private final BodyCodec snakeCase;
  private final MockWebServer server = new MockWebServer();
  private WorkerClient client;
  private WorkerService orders;

  /**
   * Makes the tests.
   *
   * @param found what is on the class path
   * @param snakeCase one made of a mapper that writes names in snake case
   */
  protected WorkerClientJsonContract(Class<? extends BodyCodec> found, BodyCodec snakeCase) {
    this.found = found;
    this.snakeCase = snakeCase;
  }

  record Order(String orderId, int count, Instant placed) {}

  @BeforeEach
  void start() throws IOException {
    server.start();
    client = builder().build();
    orders = client.service("ORDERS");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void codecIsFoundByServiceLoader() {
    assertThat(ServiceLoader.load(BodyCodec.class)).singleElement().isInstanceOf(found);
  }

  @Test
  void recordIsFetched() {
    answer(200, "application/json", json("o-1"));

    assertThat(orders.get("/v1/orders/{id}", "o-1").fetch(Order.class)).isEqualTo(order("o-1"));
  }

  @Test
  void genericTypeIsFetched() {
    answer(200, "application/json", "[" + json("o-1") + "," + json("o-2") + "]");

    List<Order> fetched = orders.get("/v1/orders").fetch(new TypeRef<List<Order>>() {});

    assertThat(fetched).containsExactly(order("o-1"), order("o-2"));
  }

  @Test
  void bodyIsSentAsJson() throws InterruptedException {
    answer(201, "application/json", json("o-1"));

    orders.post("/v1/orders").body(order("o-1")).fetch(Order.class);

    RecordedRequest request = server.takeRequest();
    assertThat(request.getBody().utf8())
        .isEqualTo("{\"orderId\":\"o-1\",\"count\":2,\"placed\":\"2026-11-17T10:15:30Z\"}");
    assertThat(request.getHeaders().values("Content-Type")).containsExactly("application/json");
  }

  @Test
  void bodyThatCannotBeWrittenIsWrongUse() {
    assertThatThrownBy(() -> orders.post("/v1/orders").body(new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.Object");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void htmlWhereJsonWasDueIsNamedAsSuch() {
    answer(200, "text/html; charset=utf-8", "<!doctype html><title>Sign in</title>");

    assertThatThrownBy(() -> orders.get("/v1/orders").fetch(Order.class))
        .isInstanceOf(WorkerDecodingException.class)
        .hasMessageContaining(
            "the body (text/html; charset=utf-8, 37 bytes) is not a "
                + Order.class.getName()
                + ": Unexpected character ('<' (code 60))")
        .hasMessageNotContaining("Sign in")
        .cause()
        .isExactlyInstanceOf(IOException.class)
        .hasMessageStartingWith("Unexpected character ('<' (code 60))")
        .hasMessageContaining("at line 1, column 1")
        .hasMessageNotContaining("Sign in");
  }

  @Test
  void jsonNullWhereAValueWasDueIsNotReturned() {
    answer(200, "application/json", "null");

    assertThatThrownBy(() -> orders.get("/v1/orders").fetch(Order.class))
        .isInstanceOf(WorkerDecodingException.class)
        .hasMessageContaining("application/json, 4 bytes");
  }

  @Test
  void emptyBodyWhereAValueWasDueIsNamed() {
    answer(200, "application/json", "");

    assertThatThrownBy(() -> orders.get("/v1/orders").fetch(Order.class))
        .isInstanceOf(WorkerDecodingException.class)
        .hasMessageContaining("application/json, 0 bytes")
        .hasMessageContaining("use send() if the target returns none");
  }

  @Test
  void tooDeepBodyIsRefused() {
    answer(200, "application/json", "[".repeat(100_000));

    assertThatThrownBy(() -> orders.get("/v1/orders").fetch(new TypeRef<List<Object>>() {}))
        .isInstanceOf(WorkerDecodingException.class)
        .hasMessageContaining("100000 bytes");
  }

  @Test
  void usersMapperIsUsed() {
    answer(200, "application/json", json("o-1").replace("orderId", "order_id"));

    try (WorkerClient own = builder().bodyCodec(snakeCase).build()) {
      assertThat(own.service("ORDERS").get("/v1/orders").fetch(Order.class))
          .isEqualTo(order("o-1"));
    }
  }

  @Test
  void errorOfADownstreamIsKept() {
    ServiceError downstream =
        ServiceError.builder("BILLING", "POST /v1/charge", "ERROR_1042")
            .message("Cloudflare error 1042, HTTP 404")
            .delivery(Delivery.NOT_DELIVERED)
            .retryable(true)
            .retryAfter(Duration.ofSeconds(30))
            .build();
    answer(
        502,
        "Application/Problem+JSON; charset=utf-8",
        new String(ProblemForm.write(downstream), UTF_8));

    WorkerResponseException e = failed();

    assertThat(e.downstreamError()).isEqualTo(downstream);
    assertThat(e.serviceError().service()).isEqualTo("ORDERS");
    assertThat(e.delivery()).isNotEqualTo(Delivery.NOT_DELIVERED);
    assertThat(e.serviceError().retryable()).isFalse();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void sameBodyAsPlainJsonIsNoErrorOfADownstream() {
    ServiceError error = ServiceError.builder("BILLING", "POST /v1/charge", "WORKER_THREW").build();
    answer(502, "application/json", new String(ProblemForm.write(error), UTF_8));

    assertThat(failed().downstreamError()).isNull();
  }

  @Test
  void problemOfAnotherKindIsNoErrorOfADownstream() {
    answer(404, "application/problem+json", "{\"type\":\"about:blank\",\"title\":\"Not Found\"}");

    assertThat(failed().downstreamError()).isNull();
  }

  private WorkerResponseException failed() {
    return catchThrowableOfType(
        WorkerResponseException.class, () -> orders.get("/v1/orders").fetch(Order.class));
  }

  private WorkerClient.Builder builder() {
    String origin = "http://127.0.0.1:" + server.getPort();
    return WorkerClient.builder().service("ORDERS", service -> service.customDomain(origin));
  }

  private void answer(int status, String contentType, String body) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .body(new Buffer().writeUtf8(body))
            .setHeader("Content-Type", contentType)
            .build());
  }

  private static Order order(String id) {
    return new Order(id, 2, Instant.parse("2026-11-17T10:15:30Z"));
  }

  private static String json(String id) {
    return "{\"orderId\":\""
        + id
        + "\",\"count\":2,\"placed\":\"2026-11-17T10:15:30Z\",\"addedLater\":{\"a\":[1]}}";
  }
}
