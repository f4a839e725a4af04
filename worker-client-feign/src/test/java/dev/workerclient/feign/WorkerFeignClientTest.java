package dev.workerclient.feign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockRoute;
import dev.workerclient.mockserver.MockWorkers;
import feign.Feign;
import feign.FeignException;
import feign.Headers;
import feign.Param;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Feign makes of the client; the adapters' common scenarios are elsewhere. */
@Timeout(30)
class WorkerFeignClientTest {
  interface Orders {
    @RequestLine("GET /v1/orders/{id}?full={full}")
    String find(@Param("id") String id, @Param("full") boolean full);

    @RequestLine("POST /v1/orders")
    @Headers("Content-Type: application/json")
    String place(String order);

    @RequestLine("GET /v1/orders")
    @Headers("Accept-Encoding: gzip, deflate")
    Response list();

    @RequestLine("GET /slow")
    String slow(Request.Options options);
  }

  private final MockWorkers workers = MockWorkers.start();
  private final MockRoute binding = workers.service("ORDERS").binding();
  private final MockRoute domain = workers.service("ORDERS").customDomain();
  private final List<String> operations = new CopyOnWriteArrayList<>();
  private final WorkerClient client =
      workers
          .builder()
          .listener(
              new CallListener() {
                @Override
                public void callStarted(CallInfo call) {
                  operations.add(call.operation());
                }
              })
          .build();
  private final WorkerService service = client.service("ORDERS");
  private final Orders orders =
      WorkerFeignClient.builder(service).target(Orders.class, "http://orders");

  @AfterEach
  void nothingIsLeftOver() {
    workers.verify();
    client.close();
    workers.close();
  }

  @Test
  void operationsAreNamedByTheTemplate() {
    binding.answers(MockAnswer.text("seven"));

    assertThat(orders.find("a b?ü", true)).isEqualTo("seven");

    assertThat(operations).containsExactly("GET /v1/orders/{id}");
    assertThat(binding.requests().get(0).path()).isEqualTo("/v1/orders/a%20b%3F%C3%BC?full=true");
  }

  /** Feign's default Retryer sends again what fails with an IOException, a POST too. */
  @Test
  void feignsOwnRetriesDoNotSeeAFailure() {
    binding.fails(Fault.resetBeforeAnswer());
    Orders retried =
        Feign.builder()
            .client(new WorkerFeignClient(service))
            .target(Orders.class, "http://orders");

    WorkerConnectionException failure =
        catchThrowableOfType(WorkerConnectionException.class, () -> retried.place("{}"));

    assertThat(failure.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(binding.requests()).hasSize(1);
    assertThat(domain.requests()).isEmpty();
  }

  @Test
  void theBuilderHasNoRetriesOfA503Either() {
    binding.answers(MockAnswer.text("later").withStatus(503).withHeader("Retry-After", "0"));

    FeignException failure = catchThrowableOfType(FeignException.class, () -> orders.place("{}"));

    assertThat(failure.status()).isEqualTo(503);
    assertThat(binding.requests()).hasSize(1);
  }

  @Test
  void aStatusIsFeignsToHandle() {
    binding.answers(MockAnswer.text("no such order").withStatus(404));

    FeignException.NotFound failure =
        catchThrowableOfType(FeignException.NotFound.class, () -> orders.find("7", false));

    assertThat(failure.contentUTF8()).isEqualTo("no such order");
  }

  @Test
  void theReadTimeoutLimitsTheCall() {
    binding.fails(Fault.hang());
    Request.Options short100 =
        new Request.Options(Duration.ofSeconds(10), Duration.ofMillis(100), true);

    WorkerTimeoutException failure =
        catchThrowableOfType(WorkerTimeoutException.class, () -> orders.slow(short100));

    assertThat(failure.phase()).isEqualTo(WorkerTimeoutException.Phase.CALL);
  }

  @Test
  void feignsDefaultTimeoutLeavesTheClients() {
    client.close();
    binding.fails(Fault.hang());
    try (WorkerClient hurried = workers.builder().callTimeout(Duration.ofMillis(100)).build()) {
      Orders hurriedOrders =
          WorkerFeignClient.builder(hurried.service("ORDERS"))
              .target(Orders.class, "http://orders");

      assertThat(
              catchThrowableOfType(
                  WorkerTimeoutException.class, () -> hurriedOrders.find("7", false)))
          .isNotNull();
    }
  }

  @Test
  void aBodyThatBreaksIsAskedForAgain() {
    binding.answers(MockAnswer.text("seven").brokenOffAfter(2));
    domain.answers(MockAnswer.text("seven"));

    assertThat(orders.find("7", false)).isEqualTo("seven");
  }

  @Test
  void aStreamThatBreaksThrowsTheFailureAsItsCause() throws IOException {
    binding.answers(MockAnswer.text("").withBody(new byte[100_000]).brokenOffAfter(50_000));

    try (Response response = orders.list()) {
      IOException thrown =
          catchThrowableOfType(
              IOException.class, () -> response.body().asInputStream().readAllBytes());
      assertThat(thrown).hasCauseInstanceOf(WorkerConnectionException.class);
    }
    assertThat(binding.requests().get(0).header("Accept-Encoding")).isEqualTo("gzip");
  }
}
