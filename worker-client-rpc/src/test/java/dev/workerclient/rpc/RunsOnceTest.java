package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call that is not idempotent is sent once, however its result is used. */
class RunsOnceTest {
  @RegisterExtension final RpcServer server = new RpcServer();

  interface Api {
    RpcPromise<Order> order(int item);

    Session auth(String token);

    RpcPromise<String> note(RpcPromise<?> text);

    String take(Session session);

    @Idempotent
    @RpcName("session")
    Session found(String token);
  }

  interface Session {
    String name();

    @RpcName("name")
    CompletableFuture<String> nameAsync();

    RpcPromise<String> later();

    void send(Object value);
  }

  record Order(String id) {}

  @Test
  void aPromiseThatWasJoinedHoldsItsValue() {
    server.answers("[\"resolve\",1,{\"id\":\"o-1\"}]");
    RpcPromise<Order> order = api().order(7);
    Order first = order.join();
    assertThat(order.join()).isSameAs(first);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aPromiseThatFailedFailsTheSame() {
    server.answers("[\"reject\",1,[\"error\",\"Error\",\"sold out\"]]");
    RpcPromise<Order> order = api().order(7);
    WorkerRpcException first = catchThrowableOfType(WorkerRpcException.class, order::join);
    assertThat(catchThrowable(order::join)).isSameAs(first);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aPromiseWhoseCallMayHaveRunFailsTheSame() {
    server.answers(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    RpcPromise<Order> order = api().order(7);
    WorkerException first = catchThrowableOfType(WorkerConnectionException.class, order::join);
    server.answers("[\"resolve\",1,{\"id\":\"o-1\"}]");
    assertThat(catchThrowable(order::join)).isSameAs(first);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aPromiseJoinedByManyThreadsMakesOneCall() throws Exception {
    server.answers("[\"resolve\",1,{\"id\":\"o-1\"}]");
    RpcPromise<Order> order = api().order(7);
    CountDownLatch start = new CountDownLatch(1);
    var threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Order>> joined = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        joined.add(
            threads.submit(
                () -> {
                  start.await();
                  return order.join();
                }));
      }
      start.countDown();
      for (Future<Order> each : joined) {
        assertThat(each.get()).isEqualTo(new Order("o-1"));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aPropertyOfAPromiseThatWasJoinedIsRefused() {
    server.answers("[\"resolve\",1,{\"id\":\"o-1\"}]");
    RpcPromise<Order> order = api().order(7);
    assertThat(order.join().id()).isEqualTo("o-1");
    assertRefused(() -> order.get("id", String.class).join(), "order");
  }

  @Test
  void aPromiseThatWasJoinedIsRefusedAsAnArgument() {
    server.answers("[\"resolve\",1,{\"id\":\"o-1\"}]");
    RpcPromise<Order> order = api().order(7);
    assertThat(order.join().id()).isEqualTo("o-1");
    assertRefused(() -> api().note(order).join(), "order");
    assertRefused(() -> Rpc.batch(server.service()).of(Api.class).note(order), "order");
  }

  @Test
  void aPropertyIsReadAfterItsPromiseNever() {
    server.answers("[\"resolve\",2,\"o-1\"]");
    RpcPromise<Order> order = api().order(7);
    assertThat(order.get("id", String.class).join()).isEqualTo("o-1");
    assertRefused(order::join, "order");
    assertRefused(() -> order.get("item", String.class).join(), "order");
  }

  @Test
  void aSecondCallOnWhatOneCallReturnedIsRefused() {
    server.answers("[\"resolve\",2,\"alice\"]");
    Session session = api().auth("t");
    assertThat(session.name()).isEqualTo("alice");
    assertRefused(session::name, "auth");
    assertRefused(() -> session.send("x"), "auth");
    assertRefused(() -> session.later().join(), "auth");
    assertRefused(() -> session.nameAsync().join(), "auth");
    assertRefused(() -> api().take(session), "auth");
  }

  @Test
  void aSecondCallAfterAnAsyncOneIsRefused() {
    server.answers("[\"resolve\",2,\"alice\"]");
    Session session = api().auth("t");
    assertThat(session.nameAsync().join()).isEqualTo("alice");
    assertRefused(() -> session.nameAsync().join(), "auth");
  }

  @Test
  void whatAnIdempotentMethodReturnedTakesManyCalls() {
    server.answers("[\"resolve\",2,\"alice\"]");
    Session session = api().found("t");
    assertThat(session.name()).isEqualTo("alice");
    assertThat(session.name()).isEqualTo("alice");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aCallThatReachedNoServerCanBeMadeAgain() {
    try (WorkerClient client =
        WorkerClient.builder()
            .service(
                "API",
                own -> own.customDomain("http://127.0.0.1:1", domain -> domain.rpcPath("/api")))
            .build()) {
      Session session = Rpc.of(client.service("API"), Api.class).auth("t");
      for (int i = 0; i < 2; i++) {
        WorkerException e = catchThrowableOfType(WorkerException.class, session::name);
        assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      }
      for (int i = 0; i < 2; i++) {
        assertThat(session.nameAsync().handle((value, e) -> e).join().getCause())
            .isInstanceOf(WorkerException.class);
      }
    }
  }

  @Test
  void anArgumentThatWasRefusedCostsNoCall() {
    server.answers("[\"resolve\",2,\"alice\"]");
    Session session = api().auth("t");
    assertThatIllegalArgumentException().isThrownBy(() -> session.send("half: \ud83d"));
    assertThat(session.name()).isEqualTo("alice");
  }

  @Test
  void aBatchThatTookAnObjectAlongHasMadeItsCall() {
    server.answers("[\"resolve\",2,\"o-1\"]");
    RpcPromise<Order> order = api().order(7);
    RpcBatch batch = Rpc.batch(server.service());
    RpcPromise<String> noted = batch.of(Api.class).note(order);
    batch.execute();
    assertThat(noted.join()).isEqualTo("o-1");
    assertRefused(order::join, "order");
  }

  @Test
  void aBatchThatWasNotSentHasMadeNoCall() {
    server.answers("[\"resolve\",1,{\"id\":\"o-1\"}]");
    RpcPromise<Order> order = api().order(7);
    RpcPromise<String> unsent = Rpc.batch(server.service()).of(Api.class).note(order);
    assertThat(order.join().id()).isEqualTo("o-1");
    assertThat(unsent).isNotNull();
  }

  @Test
  void ofTwoBatchesThatTookAnObjectAlongOneIsSent() {
    server.answers("[\"resolve\",2,\"o-1\"]");
    RpcPromise<Order> order = api().order(7);
    RpcBatch first = Rpc.batch(server.service());
    RpcBatch second = Rpc.batch(server.service());
    assertThat(first.of(Api.class).note(order)).isNotNull();
    assertThat(second.of(Api.class).note(order)).isNotNull();
    first.execute();
    assertRefused(second::execute, "order");
  }

  @Test
  void manyResultsOfOneCallShareItsPush() {
    server.answers(
        "[\"resolve\",1,{\"id\":\"o-1\"}]\n[\"resolve\",2,\"o-1\"]\n[\"resolve\",3,\"7\"]");
    RpcBatch batch = Rpc.batch(server.service());
    RpcPromise<Order> order = batch.of(Api.class).order(7).pull();
    RpcPromise<String> id = order.get("id", String.class).pull();
    RpcPromise<String> item = order.get("item", String.class).pull();
    batch.execute();
    assertThat(server.batch())
        .isEqualTo(
            """
            ["push",["pipeline",0,["order"],[7]]]
            ["pull",1]
            ["push",["pipeline",1,["id"]]]
            ["pull",2]
            ["push",["pipeline",1,["item"]]]
            ["pull",3]""");
    assertThat(order.join()).isSameAs(order.join()).isEqualTo(new Order("o-1"));
    assertThat(id.join() + item.join()).isEqualTo("o-17");
  }

  @Test
  void whatABatchReturnedIsNotCalledAfterIt() {
    server.answers("[\"resolve\",1,[\"export\",-1]]");
    RpcBatch batch = Rpc.batch(server.service());
    Session session = batch.of(Api.class).auth("t");
    batch.execute();
    List<Runnable> calls = List.of(session::name, session::later, () -> session.nameAsync().join());
    for (Runnable call : calls) {
      assertThatIllegalStateException()
          .isThrownBy(call::run)
          .withMessageContaining("what auth returned lasts as long as its batch");
    }
    assertThat(server.requests()).hasSize(1);
  }

  private void assertRefused(Runnable call, String method) {
    int before = server.requests().size();
    assertThatIllegalStateException()
        .isThrownBy(call::run)
        .withMessageContaining(method + " was sent already")
        .withMessageContaining("Rpc.batch(…)")
        .withMessageContaining("@Idempotent");
    assertThat(server.requests()).hasSize(before);
  }

  private Api api() {
    return Rpc.of(server.service(), Api.class);
  }
}
