package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Functions that are recorded for the Worker to run. */
@Timeout(60)
class SessionMapTest {
  @RegisterExtension final SessionServer server = new SessionServer();
  @RegisterExtension final RpcServer batches = new RpcServer();

  interface Api {
    RpcPromise<List<String>> orders();

    RpcPromise<String> label(RpcPromise<String> text, int size);

    String now();

    void listen(Listener listener);
  }

  interface Order {
    Customer customer();

    @RpcProperty
    RpcPromise<Integer> total();
  }

  interface Customer {
    RpcPromise<String> name();
  }

  @FunctionalInterface
  interface Listener {
    void on(String text);
  }

  @Test
  void methodsOfAnElementAreRecorded() {
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      RpcPromise<List<String>> unused =
          api.orders().map(Order.class, order -> api.label(order.customer().name(), 3));
      assertThat(server.message()).contains("orders");
      assertThat(server.message())
          .isEqualTo(
              "[\"push\",[\"remap\",1,[],[[\"import\",0]],[[\"pipeline\",0,[\"customer\"],[]],"
                  + "[\"pipeline\",1,[\"name\"],[]],"
                  + "[\"pipeline\",-1,[\"label\"],[[\"pipeline\",2],3]],[\"pipeline\",3]]]]");
    }
  }

  @Test
  void aPropertyOfAnElementIsReadWithoutACall() {
    server.answers(
        (socket, message) -> {
          if (message.equals("[\"pull\",2]")) {
            socket.send("[\"resolve\",2,[[3,4]]]");
          }
        });
    try (RpcSession session = Rpc.session(server.service())) {
      assertThat(session.of(Api.class).orders().map(Order.class, Order::total).join())
          .containsExactly(3, 4);
      assertThat(server.message()).contains("orders");
      assertThat(server.message())
          .isEqualTo("[\"push\",[\"remap\",1,[],[],[[\"pipeline\",0,[\"total\"]]]]]");
    }
  }

  @Test
  void whatCantBeRecordedIsRefusedAndNothingOfItIsSent() {
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      RpcPromise<List<String>> orders = api.orders();
      assertThat(server.message()).contains("orders");
      assertThatIllegalStateException()
          .isThrownBy(() -> orders.mapPromise(String.class, order -> RpcPromise.of(api.now())))
          .withMessageContaining("now(), whose value is wanted at once");
      assertThatIllegalStateException()
          .isThrownBy(() -> orders.mapPromise(String.class, order -> RpcPromise.of(order.join())))
          .withMessageContaining("can't be recorded");
      assertThatIllegalStateException()
          .isThrownBy(() -> orders.mapPromise(String.class, order -> RpcPromise.of("x")))
          .withMessageContaining("returns no promise");
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  orders.mapPromise(
                      String.class, order -> orders.mapPromise(String.class, each -> each)))
          .withMessageContaining("within another");
      assertThat(server.hasMessage()).isFalse();
      RpcPromise<?>[] leaked = new RpcPromise<?>[1];
      RpcPromise<List<String>> unused =
          orders.mapPromise(
              String.class,
              order -> {
                leaked[0] = api.label(order, 1);
                return order;
              });
      assertThatIllegalStateException()
          .isThrownBy(() -> leaked[0].get("x", String.class).join())
          .withMessageContaining("can't leave it");
    }
  }

  @Test
  void aBatchHasNoMap() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> Rpc.of(batches.service(), Api.class).orders().map(Order.class, Order::total))
        .withMessageContaining("Rpc.session(service)");
    assertThat(batches.requests()).isEmpty();
  }
}
