package dev.workerclient.examples.guide;

import static dev.workerclient.mockserver.MockAnswer.json;
import static dev.workerclient.mockserver.MockAnswer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.examples.guide.OrderConfirmations.Reply;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockService;
import dev.workerclient.mockserver.MockWorkersExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The handler of docs/failures.md, and each failure that it handles. */
class OrderConfirmationsTest {
  private static final String CHECK = "Check whether the order was confirmed.";
  private static final String IMPOSSIBLE = "The order can't be confirmed.";
  private static final String LATER = "Try again later.";

  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  private MockService orders;

  @BeforeEach
  void service() {
    orders = workers.service("ORDERS");
  }

  @Test
  void aConfirmedOrder() {
    orders
        .binding()
        .on("POST", "/v1/orders/{id}/confirmation")
        .answers(json("{\"number\":\"c-7\"}"));
    assertThat(confirm()).isEqualTo(new Reply(200, "Confirmed: c-7"));
  }

  @Test
  void anUnknownOrderIsTheCallers404() {
    orders.binding().answers(status(404));
    assertThat(confirm()).isEqualTo(new Reply(404, "There is no order o-1."));
  }

  @Test
  void anotherErrorResponseMayHaveConfirmedIt() {
    orders.binding().answers(status(500));
    assertThat(confirm()).isEqualTo(new Reply(502, CHECK));
  }

  @Test
  void aMissingBindingIsNotTriedLater() {
    orders.binding().fails(Fault.bindingMissing());
    assertThat(confirm()).isEqualTo(new Reply(502, IMPOSSIBLE));
    assertThat(orders.executions()).isZero();
  }

  @Test
  void error1042InFrontOfTheProxyIsNotTriedLater() {
    orders.binding().fails(Fault.error1042());
    assertThat(confirm()).isEqualTo(new Reply(502, IMPOSSIBLE));
    assertThat(orders.executions()).isZero();
  }

  @Test
  void error1042OfADomainWithoutAStampMayBePassedOnByTheWorker() {
    orders.customDomain().fails(Fault.error1042());
    assertThat(confirm()).isEqualTo(new Reply(502, CHECK));
  }

  @Test
  void aTimeoutMayHaveConfirmedIt() {
    orders
        .clientSettings(own -> own.attemptTimeout(Duration.ofMillis(200)))
        .binding()
        .fails(Fault.hang());
    assertThat(confirm()).isEqualTo(new Reply(504, CHECK));
    assertThat(orders.binding().requests()).hasSize(1);
  }

  @Test
  void aRateLimitInFrontOfTheProxySaysWhenToTryAgain() {
    orders.binding().fails(Fault.error1015());
    assertThat(confirm()).isEqualTo(new Reply(503, LATER, 30));
  }

  @Test
  void aRefusedConnectionIsTriedAgainAfterTheDefaultWait() throws IOException {
    int port = closedPort();
    try (WorkerClient client =
        WorkerClient.builder()
            .service("ORDERS", own -> own.customDomain("http://127.0.0.1:" + port))
            .build()) {
      Reply reply = new OrderConfirmations(client).confirm("o-1");
      assertThat(reply).isEqualTo(new Reply(502, LATER, 5));
    }
    orders.optional();
  }

  @Test
  void withAnOpenCircuitItIsTriedWhenTheBreakerAllowsIt() {
    CircuitBreakerOptions atOnce = CircuitBreakerOptions.builder().minimumCalls(1).build();
    orders.clientSettings(own -> own.circuitBreaker(atOnce)).binding().fails(Fault.bareStatus(522));
    OrderConfirmations confirmations = new OrderConfirmations(workers.client());

    assertThat(confirmations.confirm("o-1")).isEqualTo(new Reply(504, CHECK));
    Reply refused = confirmations.confirm("o-2");

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.message()).isEqualTo(LATER);
    assertThat(refused.retryAfter()).isBetween(20L, 36L);
    assertThat(orders.binding().requests()).hasSize(1);
  }

  private static Reply confirm() {
    return new OrderConfirmations(workers.client()).confirm("o-1");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
