package dev.workerclient.examples.orders;

import static dev.workerclient.mockserver.MockAnswer.json;
import static dev.workerclient.mockserver.MockAnswer.status;

import dev.workerclient.mockserver.MockRoute;
import dev.workerclient.mockserver.MockWorkersExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on MockWorkers. */
class OrderDeskMockTest implements OrderDeskContract {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  private static final String APPLES = "{\"id\":\"o-1\",\"item\":\"apple\",\"count\":3}";

  @BeforeEach
  void script() {
    MockRoute orders = workers.service("ORDERS").optional().binding(); // no test calls all of it
    orders
        .on("POST", "/v1/orders")
        .answers(
            request ->
                request.string().contains("unicorn") ? status(409) : json(APPLES).withStatus(201));
    orders.on("GET", "/v1/orders/o-1").answers(json(APPLES));
    orders.on("GET", "/v1/orders/{id}").answers(status(404));
  }

  @Override
  public OrderDesk desk() {
    return new OrderDesk(workers.client());
  }
}
