package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How calls are made, sent and ended. */
class RpcBatchTest {
  @RegisterExtension final RpcServer server = new RpcServer();

  interface Api {
    String hello(String name);

    @RpcName("hello")
    CompletableFuture<String> helloAsync(String name);

    @RpcName("hello")
    RpcPromise<String> helloLater(String name);

    @Idempotent
    String read();

    @Idempotent
    @RpcName("read")
    RpcPromise<String> readLater();

    void noop();

    Session auth(String token);
  }

  interface Session {
    String name();

    void logout();
  }

  private static final MockResponse BROKEN =
      new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();

  @Test
  void aCallOnAResultTakesOneRoundTrip() {
    server.answers("[\"resolve\",2,\"alice\"]");
    assertThat(api().auth("t").name()).isEqualTo("alice");
    assertThat(server.batch())
        .isEqualTo(
            "[\"push\",[\"pipeline\",0,[\"auth\"],[\"t\"]]]\n"
                + "[\"push\",[\"pipeline\",1,[\"name\"],[]]]\n[\"pull\",2]");
  }

  @Test
  void theRequestIsAPostOfTextAtTheRpcPathThatNamesItsMethods() {
    server.answers("[\"resolve\",2,[\"undefined\"]]");
    api().auth("t").logout();
    assertThat(server.requests().get(0).getTarget()).isEqualTo("/api");
    assertThat(server.requests().get(0).getMethod()).isEqualTo("POST");
    assertThat(server.requests().get(0).getHeaders().get("Content-Type"))
        .isEqualTo("text/plain;charset=UTF-8");
    assertThat(server.requests().get(0).getHeaders().get("Rpc-Methods"))
        .isEqualTo("auth,auth.logout");
  }

  @Test
  void anAsyncCallBringsItsValueAndItsFailure() {
    server.answers("[\"resolve\",1,\"hi\"]");
    assertThat(api().helloAsync("x").join()).isEqualTo("hi");
    server.answers("[\"reject\",1,[\"error\",\"TypeError\",\"no\"]]");
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> api().helloAsync("x").join())
        .withCauseInstanceOf(WorkerRpcException.class);
  }

  @Test
  void aPromiseOutsideOfABatchMakesItsCallWhenItIsJoined() {
    server.answers("[\"resolve\",1,\"hi\"]");
    RpcPromise<String> promise = api().helloLater("x");
    assertThat(server.requests()).isEmpty();
    assertThat(promise.join()).isEqualTo("hi");
    assertThatIllegalStateException().isThrownBy(promise::pull);
  }

  @Test
  void aCallThatMayHaveRunIsNotSentAgain() {
    server.answers(BROKEN);
    assertThatExceptionOfType(WorkerConnectionException.class).isThrownBy(() -> api().hello("x"));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void anIdempotentCallIsSentAgain() {
    server.answers(BROKEN);
    assertThatExceptionOfType(WorkerConnectionException.class).isThrownBy(() -> api().read());
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void aBatchIsSentAgainOnlyWhereAllOfItIsIdempotent() {
    server.answers(BROKEN);
    RpcBatch mixed = Rpc.batch(server.service());
    RpcPromise<String> unused = mixed.of(Api.class).readLater();
    RpcPromise<String> another = mixed.of(Api.class).helloLater("x");
    WorkerException e = catchThrowableOfType(WorkerException.class, mixed::execute);
    assertThat(e.serviceError().safeToResend()).isFalse();
    assertThat(server.requests()).hasSize(1);
    assertThatIllegalStateException().isThrownBy(another::join);
    assertThat(unused).hasToString("RpcPromise{read}");
  }

  @Test
  void oneThatFailsStopsNoOther() {
    server.answers("[\"resolve\",2,\"hi\"]\n[\"reject\",1,[\"error\",\"Error\",\"no\"]]");
    RpcBatch batch = Rpc.batch(server.service());
    RpcPromise<String> bad = batch.of(Api.class).helloLater("bad");
    CompletableFuture<String> good = batch.of(Api.class).helloAsync("good");
    batch.execute();
    assertThat(good).isCompletedWithValue("hi");
    assertThatExceptionOfType(WorkerRpcException.class).isThrownBy(bad::join);
  }

  @Test
  void whatAMethodWithoutAResultThrewTheBatchThrows() {
    server.answers("[\"reject\",1,[\"error\",\"Error\",\"no\"]]\n[\"reject\",2,\"neither\"]");
    RpcBatch batch = Rpc.batch(server.service());
    batch.of(Api.class).noop();
    batch.of(Api.class).noop();
    WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, batch::execute);
    assertThat(e).hasMessageContaining("API noop failed").hasMessageContaining("Error: no");
    assertThat(e.getSuppressed()).hasSize(1);
  }

  @Test
  void anAsyncBatchSettlesItsPromises() {
    server.answers("[\"resolve\",1,\"hi\"]");
    RpcBatch batch = Rpc.batch(server.service());
    RpcPromise<String> promise = batch.of(Api.class).helloLater("x");
    batch.executeAsync().join();
    assertThat(promise.join()).isEqualTo("hi");
  }

  @Test
  void anAsyncBatchThatFailsFailsItsFutures() {
    server.answers(BROKEN);
    RpcBatch batch = Rpc.batch(server.service());
    CompletableFuture<String> future = batch.of(Api.class).helloAsync("x");
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> batch.executeAsync().join())
        .withCauseInstanceOf(WorkerConnectionException.class);
    assertThat(future).isCompletedExceptionally();
  }

  @Test
  void wrongUseIsSaid() {
    RpcBatch batch = Rpc.batch(server.service());
    assertThatIllegalStateException()
        .isThrownBy(batch::execute)
        .withMessageContaining("has no call");
    assertThatIllegalStateException()
        .isThrownBy(() -> batch.of(Api.class).hello("x"))
        .withMessageContaining("let it return an RpcPromise");
    RpcPromise<String> promise = batch.of(Api.class).helloLater("x");
    assertThatIllegalStateException()
        .isThrownBy(promise::join)
        .withMessageContaining("before its batch is executed");
    server.answers("[\"resolve\",1,\"hi\"]");
    batch.execute();
    assertThatIllegalStateException().isThrownBy(batch::execute).withMessageContaining("was sent");
    assertThatIllegalStateException().isThrownBy(() -> batch.of(Api.class).noop());
  }

  @Test
  void aResultThatWasNotAskedForIsSaid() {
    server.answers("[\"resolve\",2,\"x\"]");
    RpcBatch batch = Rpc.batch(server.service());
    RpcPromise<String> hello = batch.of(Api.class).helloLater("x");
    RpcPromise<String> length = hello.get("length", String.class).pull();
    batch.execute();
    assertThat(length.join()).isEqualTo("x");
    assertThatIllegalStateException()
        .isThrownBy(hello::join)
        .withMessageContaining("call pull() on its promise");
  }

  @Test
  void aServiceWithoutAnRpcRouteIsSaidBeforeAnythingIsSent() {
    try (WorkerClient client =
        WorkerClient.builder()
            .service("PLAIN", own -> own.customDomain("https://plain.example.com"))
            .build()) {
      Api api = Rpc.of(client.service("PLAIN"), Api.class);
      assertThatIllegalStateException()
          .isThrownBy(() -> api.hello("x"))
          .withMessageContaining("rpcPath(…)");
    }
  }

  private Api api() {
    return Rpc.of(server.service(), Api.class);
  }
}
