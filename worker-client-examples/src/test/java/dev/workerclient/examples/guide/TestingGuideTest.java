package dev.workerclient.examples.guide;

import static dev.workerclient.mockserver.MockAnswer.json;
import static dev.workerclient.mockserver.MockAnswer.text;
import static dev.workerclient.mockserver.WorkerAssertions.assertThatWorkerCall;
import static dev.workerclient.mockserver.WorkerAssertions.assertThatWorkerResponse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.CircuitOpenException;
import dev.workerclient.error.CloudflareErrorException;
import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.error.WorkerLimitException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.mockserver.ErrorFormat;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockRoute;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.mockserver.MockWorkersExtension;
import dev.workerclient.mockserver.RecordedRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tests on MockWorkers of docs/testing.md. */
class TestingGuideTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void fallsBackWhenTheBindingIsGone() {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers.service("ORDERS").customDomain().answers(json("{\"ok\":true}"));
    WorkerClient client = workers.client();

    WorkerResponse response = client.service("ORDERS").get("/v1/health").execute();

    assertThat(response.route()).isEqualTo("custom-domain");
    assertThat(workers.service("ORDERS").customDomain().requests()).hasSize(1);
  }

  @Test
  void endpointsAreScriptedApart() {
    MockRoute orders = workers.service("ORDERS").binding();
    orders.on("POST", "/v1/orders").answers(json("{\"id\":\"o-1\"}").withStatus(201));
    orders.on("GET", "/v1/orders/{id}").answers(request -> text("you asked " + request.path()));

    WorkerService service = workers.client().service("ORDERS");
    assertThat(service.post("/v1/orders").execute().status()).isEqualTo(201);
    assertThat(service.get("/v1/orders/{id}", "o-1").execute().string())
        .isEqualTo("you asked /v1/orders/o-1");
  }

  @Test
  void anOrderIsNotPlacedTwice() {
    workers.service("ORDERS").binding().fails(Fault.dispatchMismatch());
    workers.service("ORDERS").customDomain().answers(json("{}"));
    WorkerService orders = workers.client().service("ORDERS");

    assertThatWorkerCall(() -> orders.post("/v1/orders").execute())
        .failsWith(DispatchMismatchException.class)
        .onRoute("binding-proxy")
        .isNotSafeToResend();

    assertThat(workers.service("ORDERS").executions()).isEqualTo(1);
  }

  @Test
  void anAnswerTellsItsWay() {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers.service("ORDERS").customDomain().answers(json("{}"));
    WorkerService orders = workers.client().service("ORDERS");

    assertThatWorkerResponse(orders.post("/v1/orders").execute())
        .hasStatus(200)
        .hasAttemptsOn("binding-proxy", "custom-domain")
        .cameAfter(BindingNotFoundException.class);
  }

  @Test
  void schedules() {
    MockRoute first = workers.service("FIRST").binding();
    MockRoute later = workers.service("LATER").binding();
    MockRoute flaky = workers.service("FLAKY").binding();

    first.fails(Fault.resetBeforeAnswer()).times(2).thenAnswers(text("ok")); // the first two
    later.answers(text("ok")).times(3).thenFails(Fault.error1101()); // from the fourth on
    flaky.answers(text("ok")).sometimesFails(0.1, 42, Fault.resetBeforeAnswer()); // seed 42

    assertThat(get("FIRST")).isEqualTo("ok");
    assertThat(get("LATER")).isEqualTo("ok");
    assertThat(get("FLAKY")).isEqualTo("ok");
  }

  @Test
  void slowAndBroken() {
    MockRoute late = workers.service("LATE").customDomain();
    MockRoute slow = workers.service("SLOW").customDomain();
    MockRoute broken = workers.service("BROKEN").customDomain();
    MockRoute limit = workers.service("LIMIT").customDomain();

    late.answers(json("{}").withDelay(Duration.ofMillis(50)));
    slow.answers(text("a long text").withPieces(4, Duration.ofMillis(20))); // 4 bytes at a time
    broken.answers(text("a long text").brokenOffAfter(6)).times(1).thenAnswers(text("whole"));
    limit.fails(Fault.cloudflare(1102, ErrorFormat.HTML).withDelay(Duration.ofMillis(50)));

    assertThat(get("LATE")).isEqualTo("{}");
    assertThat(get("SLOW")).isEqualTo("a long text");
    assertThat(get("BROKEN")).isEqualTo("whole"); // the GET was repeated
    assertThatWorkerCall(() -> get("LIMIT"))
        .failsWith(WorkerLimitException.class)
        .hasCloudflareCode(1102);
  }

  @Test
  void whatArrived() {
    workers.service("ORDERS").customDomain().answers(json("{}"));
    workers
        .client()
        .service("ORDERS")
        .post("/v1/orders")
        .header("X-Tenant", "acme")
        .body("{\"item\":\"apple\"}", "application/json")
        .execute();

    RecordedRequest request = workers.service("ORDERS").customDomain().requests().get(0);
    assertThat(request.method() + " " + request.path()).isEqualTo("POST /v1/orders");
    assertThat(request.header("X-Tenant")).isEqualTo("acme");
    assertThat(request.string()).isEqualTo("{\"item\":\"apple\"}");
    assertThat(request.executed()).isTrue();
  }

  @Test
  void durableObjects() {
    workers.service("ROOMS").durableObject("room-1").answers(json("{\"visits\":1}"));

    WorkerService room = workers.client().service("ROOMS").durableObject("room-1");

    assertThat(room.get("/state").execute().string()).isEqualTo("{\"visits\":1}");
  }

  @Test
  void aHangIsBoundedByTheClientsLimits() {
    workers.service("ORDERS").binding().fails(Fault.hang());

    try (WorkerClient client = workers.builder().attemptTimeout(Duration.ofMillis(200)).build()) {
      assertThatWorkerCall(() -> client.service("ORDERS").post("/v1/orders").execute())
          .failsWith(WorkerTimeoutException.class)
          .hasStatusToHandOn(504);
    }
  }

  @Test
  void aCircuitBreakerOpensAfterOneFailure() {
    CircuitBreakerOptions afterOneFailure = CircuitBreakerOptions.builder().minimumCalls(1).build();
    workers
        .service("ORDERS")
        .clientSettings(own -> own.circuitBreaker(afterOneFailure))
        .binding()
        .fails(Fault.bareStatus(522));
    WorkerService orders = workers.client().service("ORDERS"); // one client for both calls

    assertThatWorkerCall(() -> orders.post("/v1/orders").execute())
        .failsWith(CloudflareErrorException.class);
    assertThatWorkerCall(() -> orders.post("/v1/orders").execute())
        .failsWith(CircuitOpenException.class);
    assertThat(workers.service("ORDERS").binding().requests()).hasSize(1);
  }

  @Test
  void anApplicationThatBuildsItsOwnClient() {
    workers.service("ORDERS").customDomain().answers(text("ok"));

    System.setProperty("orders.url", workers.customDomainUrl("ORDERS"));
    try (WorkerClient ofTheApplication =
        WorkerClient.builder()
            .service("ORDERS", own -> own.customDomain(System.getProperty("orders.url", "")))
            .build()) {
      assertThat(ofTheApplication.service("ORDERS").get("/").execute().string()).isEqualTo("ok");
    }
  }

  @Test
  void withoutJUnit() {
    try (MockWorkers mock = MockWorkers.start()) {
      mock.service("ORDERS").binding().answers(text("ok"));
      assertThat(mock.client().service("ORDERS").get("/").execute().string()).isEqualTo("ok");
    } // throws an AssertionError if the mock was used wrongly
  }

  private static String get(String service) {
    return workers.client().service(service).get("/").execute().string();
  }
}
