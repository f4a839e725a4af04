package dev.workerclient.examples.orders;

import static dev.workerclient.mockserver.MockAnswer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.CircuitBreakerOptions;
import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockRoute;
import dev.workerclient.mockserver.MockService;
import dev.workerclient.mockserver.MockWorkersExtension;
import dev.workerclient.mockserver.RecordedRequest;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many orders at once while much goes wrong: none is placed twice, and the receipts are true. */
class OrderDeskChaosTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  private static final int ORDERS = 500;
  private static final long SEED = 42;

  @Test
  void noOrderIsPlacedTwiceAndNoReceiptIsWrong() {
    MockService orders = workers.service("ORDERS");
    orders
        .binding()
        .answers(json("{\"id\":\"o-1\"}"))
        .sometimesFails(0.2, SEED, Fault.bindingMissing())
        .sometimesFails(0.1, SEED + 1, Fault.resetBeforeAnswer())
        .sometimesFails(0.1, SEED + 2, Fault.resetBeforeRead());
    orders
        .customDomain()
        .answers(json("{\"id\":\"o-1\"}"))
        .sometimesFails(0.2, SEED + 3, Fault.error1101());

    List<Receipt.State> receipts = placeAll();

    List<String> placed = executed(orders.binding(), orders.customDomain());
    assertThat(placed).doesNotHaveDuplicates();
    assertThat(receipts).hasSize(ORDERS).contains(Receipt.State.TO_BE_CHECKED);
    for (int i = 0; i < ORDERS; i++) {
      if (receipts.get(i) == Receipt.State.PLACED) {
        assertThat(placed).contains(body(i));
      } else if (receipts.get(i) == Receipt.State.NOT_PLACED) {
        assertThat(placed).doesNotContain(body(i));
      }
    }
  }

  private static List<Receipt.State> placeAll() {
    try (WorkerClient client =
        workers.builder().circuitBreaker(CircuitBreakerOptions.disabled()).build()) {
      OrderDesk desk = new OrderDesk(client);
      return IntStream.range(0, ORDERS)
          .parallel()
          .mapToObj(i -> desk.place("item-" + i, 1).state())
          .toList();
    }
  }

  /** The bodies of the requests for which the target ran. */
  private static List<String> executed(MockRoute... routes) {
    return Stream.of(routes)
        .flatMap(route -> route.requests().stream())
        .filter(RecordedRequest::executed)
        .map(RecordedRequest::string)
        .toList();
  }

  private static String body(int order) {
    return "{\"item\":\"item-" + order + "\",\"count\":1}";
  }
}
