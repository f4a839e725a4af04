package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A result that can't be read fails its own call, and no other of the batch. */
class UnreadableResultTest {
  @RegisterExtension final RpcServer server = new RpcServer();

  interface Api {
    RpcPromise<@Nullable Object> odd();

    @RpcName("odd")
    void run();

    RpcPromise<String> fine();

    @RpcName("fine")
    CompletableFuture<String> fineAsync();
  }

  static Stream<String> unreadable() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    String nested = "[[".repeat(300) + "1" + "]]".repeat(300);
    return Stream.of(
        "[\"pipe\"]\n[\"resolve\",1,[\"blob\",\"text/plain\",[\"readable\",1]]]",
        "[\"resolve\",1,[\"blob\",\"text/plain\",[\"bytes\",\"AA\"]]]",
        "[\"pipe\"]\n[\"resolve\",1,[\"response\",[\"readable\",1],{\"status\":201}]]",
        "[\"pipe\"]\n[\"resolve\",1,[\"readable\",1]]\n"
            + "[\"stream\",[\"pipeline\",1,[\"write\"],[\"chunk\"]]]",
        "[\"resolve\",1,[\"writable\",-1]]",
        "[\"resolve\",1,[\"request\",\"http://x.test/\",{}]]",
        "[\"resolve\",1,[\"export\",-1]]",
        "[\"resolve\",1,{\"f\":[\"export\",-1]}]",
        "[\"resolve\",1,[\"tag of a later version\",1]]",
        "[\"message of a later version\",1]\n[\"resolve\",1,[1]]",
        "[\"resolve\",1,[]]",
        "[\"resolve\",1," + nested + "]",
        "[\"resolve\",1," + deep + "]",
        "[\"resolve\",1," + "9".repeat(5_000) + "]",
        "[\"resolve\",1,[\"bigint\",\"" + "9".repeat(20_000) + "\"]]",
        "[\"resolve\",1,{\"" + "k".repeat(60_000) + "\":1}]",
        "[\"resolve\",1,NaN]",
        "[\"resolve\",1,{\"a\":]",
        "[\"resolve\",1]",
        "[\"resolve\",1,2,3]",
        "[\"resolve\",1,1]\n[\"resolve\",1,2]",
        "[\"resolve\",1,[\"date\",\"x\"]]",
        "[\"resolve\",1,[\"promise\",-7]]");
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void failsItsOwnCallAlone(String answer) {
    server.answers(answer + "\n[\"resolve\",3,\"three\"]\n[\"resolve\",2,\"two\"]");
    RpcBatch batch = Rpc.batch(server.service());
    Api api = batch.of(Api.class);
    RpcPromise<@Nullable Object> odd = api.odd();
    RpcPromise<String> fine = api.fine();
    CompletableFuture<String> fineToo = api.fineAsync();
    batch.execute();
    assertThat(fine.join()).isEqualTo("two");
    assertThat(fineToo).isCompletedWithValue("three");
    WorkerDecodingException e = catchThrowableOfType(WorkerDecodingException.class, odd::join);
    assertThat(e).hasMessageContaining("API odd failed");
    assertThat(e.delivery()).isEqualTo(Delivery.DELIVERED);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aCallThatIsNotAnsweredFailsAlone() {
    server.answers("[\"resolve\",2,\"two\"]");
    RpcBatch batch = Rpc.batch(server.service());
    batch.of(Api.class).run();
    RpcPromise<String> fine = batch.of(Api.class).fine();
    WorkerDecodingException e = catchThrowableOfType(WorkerDecodingException.class, batch::execute);
    assertThat(e.serviceError().operation()).isEqualTo("odd");
    assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(fine.join()).isEqualTo("two");
  }

  @Test
  void anAnswerOfAnotherKindIsNoBatch() {
    for (String page : new String[] {"", "<html>", "{\"a\":1}", "[1]", "[\"abort\",\"no\"]"}) {
      server.answers(page + (page.isEmpty() ? "" : "\n[\"resolve\",2,\"two\"]"));
      RpcBatch batch = Rpc.batch(server.service());
      assertThat(batch.of(Api.class).odd()).isNotNull();
      WorkerException e = catchThrowableOfType(WorkerDecodingException.class, batch::execute);
      assertThat(e).hasMessageContaining("is not a Cap'n Web batch");
      assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
    }
  }

  static Stream<String> thrown() {
    return Stream.of(
        "[\"reject\",1,[\"export\",-1]]",
        "[\"reject\",1,[\"blob\",\"text/plain\",[\"readable\",1]]]",
        "[\"reject\",1,[\"error\",5,\"x\"]]",
        "[\"reject\",1,[\"error\",\"Error\",{\"a\":1}]]",
        "[\"reject\",1,[\"error\"]]",
        "[\"reject\",1,[\"error\",\"E\",\"m\",null,{\"b\":[\"export\",-1],\"code\":7}]]",
        "[\"reject\",1,[\"error\",\"E\",\"m\",null,{\"b\":[\"promise\",-1],\"code\":7}]]\n"
            + "[\"reject\",-1,[\"error\",\"Error\",\"inner\"]]",
        "[\"reject\",1,[\"promise\",-1]]\n[\"reject\",-1,[\"error\",\"Error\",\"inner\"]]",
        "[\"reject\",1," + "[".repeat(5_000) + "]".repeat(5_000) + "]",
        "[\"reject\",1]");
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void whateverAMethodThrewIsWhatItThrew(String answer) {
    server.answers(answer + "\n[\"resolve\",2,\"two\"]");
    RpcBatch batch = Rpc.batch(server.service());
    RpcPromise<@Nullable Object> odd = batch.of(Api.class).odd();
    RpcPromise<String> fine = batch.of(Api.class).fine();
    batch.execute();
    assertThat(fine.join()).isEqualTo("two");
    Throwable first = catchThrowable(odd::join);
    assertThat(first).isInstanceOf(WorkerRpcException.class).hasMessageContaining("API odd failed");
    assertThat(catchThrowable(odd::join)).isSameAs(first);
    if (answer.contains("code")) {
      assertThat(((WorkerRpcException) first).properties()).containsExactly(Map.entry("code", 7));
    }
  }
}
