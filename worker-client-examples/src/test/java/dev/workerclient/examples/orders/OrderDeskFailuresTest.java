package dev.workerclient.examples.orders;

import static dev.workerclient.mockserver.MockAnswer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockService;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.mockserver.MockWorkersExtension;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the desk does when something goes wrong at Cloudflare, which only a mock does on demand. */
@ExtendWith(MockWorkersExtension.class)
class OrderDeskFailuresTest {
  private static final MockAnswer PLACED =
      json("{\"id\":\"o-1\",\"item\":\"apple\",\"count\":3}").withStatus(201);

  @Test
  void aMissingBindingIsMadeGoodByTheCustomDomain(MockWorkers workers) {
    MockService orders = workers.service("ORDERS");
    orders.binding().fails(Fault.bindingMissing());
    orders.customDomain().answers(PLACED);

    assertThat(place(workers.client()).state()).isEqualTo(Receipt.State.PLACED);
    assertThat(orders.executions()).isEqualTo(1);
  }

  @Test
  void anOrderThatMayHaveArrivedIsNotPlacedAgain(MockWorkers workers) {
    MockService orders = workers.service("ORDERS");
    orders.binding().fails(Fault.resetBeforeAnswer());
    orders.customDomain().answers(PLACED);

    assertThat(place(workers.client()).state()).isEqualTo(Receipt.State.TO_BE_CHECKED);
    assertThat(orders.executions()).isEqualTo(1);
    assertThat(orders.customDomain().requests()).isEmpty();
  }

  @Test
  void anOrderThatArrivedNowhereMayBePlacedAgain(MockWorkers workers) {
    workers.service("ORDERS").binding().fails(Fault.unauthorized());

    assertThat(place(workers.client()).state()).isEqualTo(Receipt.State.NOT_PLACED);
    assertThat(workers.service("ORDERS").executions()).isZero();
  }

  @Test
  void aWorkerThatHangsDoesNotHoldTheDeskUp(MockWorkers workers) {
    workers.service("ORDERS").binding().fails(Fault.hang());

    try (WorkerClient client = workers.builder().attemptTimeout(Duration.ofMillis(200)).build()) {
      assertThat(place(client).state()).isEqualTo(Receipt.State.TO_BE_CHECKED);
    }
    assertThat(workers.service("ORDERS").executions()).isEqualTo(1);
  }

  private static Receipt place(WorkerClient client) {
    return new OrderDesk(client).place("apple", 3);
  }
}
