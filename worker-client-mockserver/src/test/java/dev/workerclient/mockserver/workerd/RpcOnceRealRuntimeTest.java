package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcBatch;
import dev.workerclient.rpc.RpcName;
import dev.workerclient.rpc.RpcPromise;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How often methods run, counted by the Worker, and what an odd result does to its batch. */
@Tag("workerd")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.mockserver.workerd.Installed#all")
class RpcOnceRealRuntimeTest {
  private static final String NEWEST = "direct-capnweb";
  private static final String OLDEST = "direct-capnweb-oldest";
  private static final String ACCOUNTS = "direct-accounts";

  private final RpcFleet fleet;

  RpcOnceRealRuntimeTest(Installed runtime) {
    fleet = RpcFleet.on(runtime);
  }

  interface Api {
    RpcPromise<String> hello(String name);

    Session auth(String token);

    @RpcName("auth")
    RpcPromise<Session> authLater(String token);

    RpcPromise<@Nullable Object> aBlob();

    RpcPromise<@Nullable Object> resp();

    RpcPromise<@Nullable Object> textStream(int chunks);

    RpcPromise<@Nullable Object> aResponse();

    RpcPromise<@Nullable Object> aFunction();

    RpcPromise<User> account(int id);

    void boomLong(int length);
  }

  interface Session {
    User getUser(int id);

    @RpcName("getUser")
    RpcPromise<User> user(int id);
  }

  record User(int id, String name) {}

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST, ACCOUNTS})
  void aPromiseJoinedTwiceRunsItsMethodOnce(String at) {
    int before = fleet.runs(at);
    try (WorkerClient client = client(at)) {
      RpcPromise<String> hello = Rpc.of(service(client, at), Api.class).hello("you");
      assertThat(hello.join()).isSameAs(hello.join());
      assertThatIllegalStateException().isThrownBy(() -> hello.get("x", String.class).join());
    }
    assertThat(fleet.runs(at) - before).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST})
  void aSecondCallOnAResultIsRefusedAndABatchMakesBoth(String at) {
    int before = fleet.runs(at);
    try (WorkerClient client = client(at)) {
      Session session = Rpc.of(service(client, at), Api.class).auth("t0k");
      assertThat(session.getUser(5).name()).isEqualTo("user-5");
      assertThatIllegalStateException().isThrownBy(() -> session.getUser(6));
      assertThat(fleet.runs(at) - before).isEqualTo(1);

      RpcBatch batch = Rpc.batch(service(client, at));
      Session both = batch.of(Api.class).auth("t0k");
      RpcPromise<User> five = both.user(5).pull();
      RpcPromise<String> name = five.get("name", String.class).pull();
      RpcPromise<User> six = both.user(6);
      batch.execute();
      assertThat(five.join().name() + six.join().name()).isEqualTo("user-5user-6");
      assertThat(name.join()).isEqualTo("user-5");
      assertThatIllegalStateException().isThrownBy(() -> both.user(7));
    }
    assertThat(fleet.runs(at) - before).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST})
  void anOddResultLeavesTheOthersOfItsBatch(String at) {
    int before = fleet.runs(at);
    try (WorkerClient client = client(at)) {
      RpcBatch batch = Rpc.batch(service(client, at));
      Api api = batch.of(Api.class);
      RpcPromise<String> first = api.hello("first");
      RpcPromise<@Nullable Object> blob = api.aBlob();
      RpcPromise<@Nullable Object> response = api.resp();
      RpcPromise<@Nullable Object> stream = api.textStream(3);
      RpcPromise<Session> session = api.authLater("t0k");
      RpcPromise<String> last = api.hello("last");
      batch.execute();
      assertThat(first.join() + last.join()).isEqualTo("Hello firstHello last");
      assertThat(catchThrowable(blob::join))
          .isInstanceOf(WorkerException.class)
          .hasMessageContaining("aBlob failed");
      assertThat(catchThrowable(response::join)).hasMessageContaining("resp failed");
      assertThat(catchThrowable(stream::join)).hasMessageContaining("textStream failed");
      assertThat(catchThrowable(session::join)).hasMessageContaining("lasts as long as its batch");
    }
    assertThat(fleet.runs(at) - before).isEqualTo(4); // The stream and the Response don't count.
  }

  @Test
  void anOddResultLeavesTheOthersOfItsBatchThroughTheProxy() {
    int before = fleet.runs(ACCOUNTS);
    try (WorkerClient client = client(ACCOUNTS)) {
      RpcBatch batch = Rpc.batch(service(client, ACCOUNTS));
      Api api = batch.of(Api.class);
      RpcPromise<@Nullable Object> response = api.aResponse();
      RpcPromise<@Nullable Object> function = api.aFunction();
      RpcPromise<User> account = api.account(7).pull();
      RpcPromise<String> last = api.hello("last");
      batch.execute();
      assertThat(last.join()).contains("last");
      assertThat(catchThrowable(response::join)).hasMessageContaining("aResponse failed");
      assertThat(catchThrowable(function::join)).hasMessageContaining("aFunction failed");
      assertThat(catchThrowable(account::join)).hasMessageContaining("account failed");
    }
    assertThat(fleet.runs(ACCOUNTS) - before).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST})
  void aLongErrorOfManyLinesIsOneShortLine(String at) {
    try (WorkerClient client = client(at)) {
      Api api = Rpc.of(service(client, at), Api.class);
      WorkerRpcException e =
          catchThrowableOfType(WorkerRpcException.class, () -> api.boomLong(100_000));
      assertThat(e.serviceError().message())
          .hasSizeLessThanOrEqualTo(301)
          .contains("line 1\\u000d\\u000a\\u001b[31mline 2\\u202exxx");
      assertThat(e.remoteMessage()).startsWith("line 1\r\n\u001b[31mline 2").hasSize(10_001);
      assertThat(e.remoteType()).isEqualTo("Evil\\u000aError");
    }
  }

  private WorkerClient client(String at) {
    return at.equals(ACCOUNTS) ? fleet.proxied("ACCOUNTS").build() : fleet.direct(at).build();
  }

  private static WorkerService service(WorkerClient client, String at) {
    return client.service(at.equals(ACCOUNTS) ? "ACCOUNTS" : "API");
  }
}
