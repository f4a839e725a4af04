package dev.workerclient.examples.guide;

import static dev.workerclient.mockserver.MockAnswer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.workerclient.error.DispatchMismatchException;
import dev.workerclient.examples.guide.OrdersClient.Order;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockWorkersExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrdersClientTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void readsAnOrder() {
    workers
        .service("ORDERS")
        .binding()
        .on("GET", "/v1/orders/{id}")
        .answers(json("{\"id\":\"o-1\",\"quantity\":2}"));

    OrdersClient orders = new OrdersClient(workers.client());

    assertEquals(new Order("o-1", 2), orders.order("o-1"));
  }

  @Test
  void doesNotPlaceAnOrderTwice() {
    workers.service("ORDERS").binding().fails(Fault.dispatchMismatch());
    workers.service("ORDERS").customDomain().answers(json("{\"id\":\"o-1\"}"));
    OrdersClient orders = new OrdersClient(workers.client());

    assertThrows(DispatchMismatchException.class, () -> orders.placeOrExplain(new Order("o-1", 2)));

    assertEquals(1, workers.service("ORDERS").executions());
  }
}
