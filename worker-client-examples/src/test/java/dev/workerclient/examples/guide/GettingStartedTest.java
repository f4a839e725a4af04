package dev.workerclient.examples.guide;

import static dev.workerclient.mockserver.MockAnswer.json;
import static dev.workerclient.mockserver.MockAnswer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.examples.guide.OrdersClient.Order;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockRoute;
import dev.workerclient.mockserver.MockWorkersExtension;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What docs/getting-started.md says of OrdersClient and FirstCall. */
class GettingStartedTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void anOrderWithAKeyGoesOnToTheNextRoute() {
    binding().fails(Fault.dispatchMismatch());
    workers.service("ORDERS").customDomain().answers(json("{\"id\":\"o-1\"}"));

    assertThat(new OrdersClient(workers.client()).place(new Order("o-1", 2)).id()).isEqualTo("o-1");
    assertThat(workers.service("ORDERS").customDomain().requests().get(0).header("Idempotency-Key"))
        .isEqualTo("o-1");
  }

  @Test
  void readsAList() {
    binding().on("GET", "/v1/orders").answers(json("[{\"id\":\"o-1\",\"quantity\":2}]"));

    assertThat(new OrdersClient(workers.client()).open()).containsExactly(new Order("o-1", 2));
    assertThat(binding().requests().get(0).path()).isEqualTo("/v1/orders?state=open");
  }

  @Test
  void takesA204AndRefusesA409() {
    binding().answers(status(204)).times(1).thenAnswers(status(409));
    OrdersClient orders = new OrdersClient(workers.client());

    orders.cancel("o-1");
    assertThatThrownBy(() -> orders.cancel("o-1")).isInstanceOf(WorkerResponseException.class);
  }

  @Test
  void a204IsNoOrder() {
    binding().answers(status(204));
    OrdersClient orders = new OrdersClient(workers.client());

    assertThatThrownBy(() -> orders.order("o-1")).isInstanceOf(WorkerDecodingException.class);
  }

  @Test
  void sendsAndReadsHeaders() {
    binding().answers(status(304)).times(1).thenAnswers(json("{}").withHeader("ETag", "\"v2\""));
    OrdersClient orders = new OrdersClient(workers.client());

    assertThat(orders.changed("o-1", "\"v1\"")).isFalse();
    assertThat(orders.changed("o-1", "\"v1\"")).isTrue();
    assertThat(binding().requests().get(0).header("If-None-Match")).isEqualTo("\"v1\"");
  }

  @Test
  void a404IsNoOrderAndA500IsAFailure() {
    binding().answers(status(404)).times(1).thenAnswers(status(500));
    OrdersClient orders = new OrdersClient(workers.client());

    assertThat(orders.find("o-1")).isEmpty();
    assertThatThrownBy(() -> orders.find("o-1")).isInstanceOf(WorkerResponseException.class);
  }

  @Test
  void anAsyncFailureIsTheCauseOfACompletionException() {
    binding().answers(status(500));
    OrdersClient orders = new OrdersClient(workers.client());

    assertThatThrownBy(() -> orders.quantity("o-1").join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WorkerException.class);
    assertThat(orders.quantityOrZero("o-1")).isZero();
  }

  @Test
  void usesItsOwnMapper() {
    MockRoute domain = workers.service("ORDERS").customDomain();
    domain.answers(json("{\"id\":\"o-1\",\"quantity\":2,\"color\":\"red\"}"));

    try (WorkerClient client = OrdersClient.clientWithMapper(workers.customDomainUrl("ORDERS"))) {
      assertThatThrownBy(() -> new OrdersClient(client).order("o-1"))
          .isInstanceOf(WorkerDecodingException.class)
          .hasMessageContaining("color");
    }
  }

  @Test
  void theFirstCallRuns() {
    MockRoute domain = workers.service("ORDERS").customDomain();
    domain.answers(json("{\"id\":\"o-1\",\"quantity\":2,\"color\":\"red\"}"));

    FirstCall.main(new String[] {workers.customDomainUrl("ORDERS")});

    assertThat(domain.requests()).hasSize(1);
  }

  private static MockRoute binding() {
    return workers.service("ORDERS").binding();
  }
}
