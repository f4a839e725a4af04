package dev.workerclient.bootversions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.BodyCodec;
import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcBatch;
import dev.workerclient.rpc.RpcPromise;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call by each codec, a fallback and an RPC batch, against the mock fleet by its extension. */
class CallsTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  record Order(String id, int count, Instant placed, List<String> notes) {}

  interface Orders {
    RpcPromise<Order> order(String id);

    RpcPromise<Integer> count(List<String> ids);
  }

  private static final Order ORDER =
      new Order("o-1", 2, Instant.parse("2026-11-29T10:15:30Z"), List.of("a"));

  private static final class FakeOrders implements Orders {
    @Override
    public RpcPromise<Order> order(String id) {
      return RpcPromise.of(ORDER);
    }

    @Override
    public RpcPromise<Integer> count(List<String> ids) {
      return RpcPromise.of(ids.size());
    }
  }

  static Stream<BodyCodec> codecs() {
    return Stream.of(
        new dev.workerclient.jackson.JacksonCodec(), new dev.workerclient.jackson3.JacksonCodec());
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void aCallFallsBackAndIsDecoded(BodyCodec codec) {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers
        .service("ORDERS")
        .customDomain()
        .answers(
            MockAnswer.json(
                "{\"id\":\"o-1\",\"count\":2,\"placed\":\"2026-11-29T10:15:30Z\",\"notes\":[\"a\"]}"));
    try (WorkerClient client = workers.builder().bodyCodec(codec).build()) {
      assertThat(client.service("ORDERS").get("/v1/orders/{id}", "o-1").fetch(Order.class))
          .isEqualTo(ORDER);
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void aBodyThatDoesNotFitIsNamed(BodyCodec codec) {
    workers.service("ORDERS").binding().answers(MockAnswer.json("{\"count\":\"many\"}"));
    try (WorkerClient client = workers.builder().bodyCodec(codec).build()) {
      assertThatThrownBy(() -> client.service("ORDERS").get("/v1/orders").fetch(Order.class))
          .isInstanceOf(WorkerDecodingException.class)
          .hasMessageContaining("not a valid `int` value")
          .hasMessageContaining(", in count");
    }
  }

  @Test
  void anRpcBatchIsAnswered() {
    workers.service("ORDERS").rpc(new FakeOrders());
    try (WorkerClient client = workers.client()) {
      RpcBatch batch = Rpc.batch(client.service("ORDERS"));
      Orders orders = batch.of(Orders.class);
      RpcPromise<Order> order = orders.order("o-1");
      RpcPromise<Integer> count = orders.count(List.of("o-1", "o-2"));
      batch.execute();

      assertThat(order.join()).isEqualTo(ORDER);
      assertThat(count.join()).isEqualTo(2);
    }
  }

  @Test
  void withBothCodecsJackson3IsTaken() {
    workers.service("ORDERS").binding().answers(MockAnswer.json("{"));
    try (WorkerClient client = workers.client()) {
      assertThatThrownBy(() -> client.service("ORDERS").get("/v1/orders").fetch(Order.class))
          .cause()
          .satisfies(e -> assertThat(e.getStackTrace()[0].getClassName()).startsWith("tools."));
    }
  }
}
