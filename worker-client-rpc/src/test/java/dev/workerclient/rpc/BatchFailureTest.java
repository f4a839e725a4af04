package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerRpcException;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever becomes of a batch, its futures end and its calls are not lost. */
class BatchFailureTest {
  @RegisterExtension final RpcServer server = new RpcServer();

  interface Api {
    CompletableFuture<BigDecimal> amount();

    CompletableFuture<String> text();

    RpcPromise<Object> anything();

    Session auth(String token);
  }

  interface Session {
    RpcPromise<String> send(Object value);
  }

  @Test
  void aValueThatCantBeReadKeepsNoOtherFromItsOwn() {
    server.answers("[\"resolve\",1,[\"nan\"]]\n[\"resolve\",2,\"x\"]");
    RpcBatch batch = Rpc.batch(server.service());
    CompletableFuture<BigDecimal> amount = batch.of(Api.class).amount();
    CompletableFuture<String> text = batch.of(Api.class).text();
    batch.execute();
    assertThat(text).isCompletedWithValue("x");
    assertThat(amount).isCompletedExceptionally();
  }

  @Test
  void whereNoRouteServesRpcTheFuturesFail() {
    try (WorkerClient client =
        WorkerClient.builder()
            .service("PLAIN", own -> own.customDomain("https://plain.example.com"))
            .build()) {
      RpcBatch batch = Rpc.batch(client.service("PLAIN"));
      CompletableFuture<String> text = batch.of(Api.class).text();
      assertThatIllegalStateException().isThrownBy(batch::execute);
      assertThat(text).isCompletedExceptionally();
      RpcBatch async = Rpc.batch(client.service("PLAIN"));
      CompletableFuture<String> later = async.of(Api.class).text();
      assertThatIllegalStateException().isThrownBy(async::executeAsync);
      assertThat(later).isCompletedExceptionally();
    }
  }

  @Test
  void cancellingAnAsyncBatchEndsItsFutures() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    server.answers(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build());
    RpcBatch batch = Rpc.batch(server.service());
    CompletableFuture<String> text = batch.of(Api.class).text();
    CompletableFuture<?> unused = text.whenComplete((value, failure) -> came.countDown());
    assertThat(batch.executeAsync().cancel(true)).isTrue();
    assertThat(came.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aPromiseThrowsTheSameEachTimeItIsJoined() {
    server.answers(
        "[\"resolve\",1,{\"a\":[\"promise\",-1]}]\n[\"reject\",-1,[\"error\",\"Error\",\"no\"]]");
    RpcBatch batch = Rpc.batch(server.service());
    RpcPromise<Object> promise = batch.of(Api.class).anything();
    batch.execute();
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(WorkerRpcException.class).isThrownBy(promise::join);
    }
  }

  @Test
  void aCallIsStillPulledWhereOneThatBuildsOnItWasRefused() {
    server.answers("[\"resolve\",1,[\"export\",-1]]");
    RpcBatch batch = Rpc.batch(server.service());
    Session session = batch.of(Api.class).auth("t");
    assertThatIllegalArgumentException().isThrownBy(() -> session.send("half: \ud83d"));
    batch.execute();
    assertThat(server.batch()).contains("[\"pull\",1]");
  }

  @Test
  void whatACallThrewThatNothingIsBuiltOnTheBatchThrows() {
    server.answers("[\"reject\",1,[\"error\",\"Error\",\"no\"]]");
    RpcBatch batch = Rpc.batch(server.service());
    assertThat(batch.of(Api.class).auth("t")).isNotNull();
    assertThatExceptionOfType(WorkerRpcException.class).isThrownBy(batch::execute);
  }
}
