package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.CallInfo;
import dev.workerclient.WorkerClient;
import dev.workerclient.error.BindingProxyException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.rpc.Idempotent;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcBatch;
import dev.workerclient.rpc.RpcPromise;
import dev.workerclient.rpc.RpcProperty;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RPC with the official library at the other end: directly with capnweb 0.5.0 and the newest, and
 * through the binding proxy.
 */
@Tag("workerd")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.mockserver.workerd.Installed#all")
class RpcRealRuntimeTest {
  private static final String NEWEST = "direct-capnweb";
  private static final String OLDEST = "direct-capnweb-oldest";
  private static final String PROXY = "proxy";

  private final RpcFleet fleet;

  RpcRealRuntimeTest(Installed runtime) {
    fleet = RpcFleet.on(runtime);
  }

  interface Api {
    String hello(String name);

    List<@Nullable Object> echo(@Nullable Object... values);

    void noop();

    String boom();

    Session auth(String token);

    Account account(int id);

    Account unlistedReturns(int id);

    @Nullable Object aFunction();

    Secret secret();

    String large(int bytes);

    String join(String name);

    @Idempotent
    String slow(int millis);
  }

  interface Session {
    RpcPromise<User> getUser(int id);

    @RpcProperty
    String whoami();
  }

  interface Account {
    RpcPromise<Profile> profile();

    Balance balance();

    String close();
  }

  interface Secret {
    @Nullable Object fetch(String url);
  }

  interface Later {
    RpcPromise<String> hello(String name);
  }

  record User(int id, String name) {}

  record Profile(String name, Map<String, String> owner) {}

  record Balance(int id, BigInteger cents) {}

  record Member(String name, int members) {}

  interface Room {
    Member join(String name);
  }

  interface Queue {
    void send(Map<String, Object> message);
  }

  interface Ai {
    Map<String, Object> run(String model, Map<String, Object> input);
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST, PROXY})
  void valuesOfEveryTypeRoundTrip(String at) {
    try (WorkerClient client = client(at)) {
      assertThat(api(client, at).echo(RpcFleet.VALUES.toArray())).isEqualTo(RpcFleet.VALUES);
      List<@Nullable Object> bytes = api(client, at).echo(new byte[] {1, -1}, Long.MAX_VALUE);
      assertThat((byte[]) bytes.get(0)).containsExactly(1, -1);
      assertThat(bytes.get(1)).isEqualTo(BigInteger.valueOf(Long.MAX_VALUE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST, PROXY})
  void errorsKeepTypeMessageAndProperties(String at) {
    try (WorkerClient client = client(at)) {
      WorkerRpcException e =
          catchThrowableOfType(WorkerRpcException.class, () -> api(client, at).boom());
      assertThat(e.remoteType()).isEqualTo(at.equals(PROXY) ? "BoomError" : "TypeError");
      assertThat(e.remoteMessage()).isEqualTo(at.equals(PROXY) ? "boom" : "kaboom");
      if (!at.equals(OLDEST)) { // It had no properties yet.
        assertThat(e.properties()).containsEntry("code", "E_BOOM").doesNotContainKey("secret");
      }
      assertThat(e.delivery()).isEqualTo(Delivery.DELIVERED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST, PROXY})
  void aChainThreeDeepTakesOneRequest(String at) {
    List<CallInfo> requests = new ArrayList<>();
    try (WorkerClient client = client(at, requests)) {
      String name =
          Rpc.batch(
              client.service(service(at)),
              Api.class,
              api ->
                  at.equals(PROXY)
                      ? api.account(7).profile().get("name", String.class)
                      : api.auth("t0k").getUser(5).get("name", String.class));
      assertThat(name).isEqualTo(at.equals(PROXY) ? "acct-7" : "user-5");
    }
    assertThat(requests).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST})
  void aThousandCallsAreOneBatch(String at) {
    int before = fleet.runs(at);
    try (WorkerClient client = client(at)) {
      RpcBatch batch = Rpc.batch(client.service("API"));
      Later api = batch.of(Later.class);
      List<RpcPromise<String>> greetings =
          Stream.iterate(0, i -> i + 1).limit(1000).map(i -> api.hello("no. " + i)).toList();
      batch.execute();
      for (int i = 0; i < greetings.size(); i++) {
        assertThat(greetings.get(i).join()).isEqualTo("Hello no. " + i);
      }
    }
    assertThat(fleet.runs(at) - before).isEqualTo(1000);
  }

  @Test
  void propertiesOfObjectsAreRead() {
    try (WorkerClient client = client(NEWEST)) {
      assertThat(api(client, NEWEST).auth("t0k").whoami()).isEqualTo("alice");
    }
  }

  @Test
  void theProxyRefusesABatchOverItsLimitsWhole() {
    int before = fleet.runs("direct-accounts");
    try (WorkerClient client = client(PROXY)) {
      RpcBatch batch = Rpc.batch(client.service("ACCOUNTS"));
      Later api = batch.of(Later.class);
      for (int i = 0; i < 65; i++) {
        RpcPromise<String> unused = api.hello("x");
        assertThat(unused).isNotNull();
      }
      WorkerException e = catchThrowableOfType(WorkerException.class, batch::execute);
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(e.serviceError().safeToResend()).isTrue();
    }
    assertThat(fleet.runs("direct-accounts") - before).isZero();
  }

  @Test
  void theProxyRefusesAnUnlistedMethodBeforeAnythingRuns() {
    int before = fleet.runs("direct-accounts");
    try (WorkerClient client = client(PROXY)) {
      Api api = api(client, PROXY);
      WorkerException e = catchThrowableOfType(WorkerException.class, () -> api.account(7).close());
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThatExceptionOfType(WorkerException.class).isThrownBy(() -> api.join("unlisted here"));
      assertThatExceptionOfType(WorkerException.class)
          .isThrownBy(() -> api.secret().fetch("https://outside.invalid/"));
    }
    assertThat(fleet.runs("direct-accounts") - before).isZero();
  }

  @Test
  void whatIsNoDataIsRefusedAfterItsMethodRan() {
    try (WorkerClient client = client(PROXY)) {
      BindingProxyException e =
          catchThrowableOfType(BindingProxyException.class, () -> api(client, PROXY).aFunction());
      assertThat(e.proxyCode()).isEqualTo("RESULT_NOT_DATA");
      assertThat(e.delivery()).isEqualTo(Delivery.DELIVERED);
      assertThatExceptionOfType(WorkerException.class)
          .isThrownBy(() -> api(client, PROXY).unlistedReturns(7).balance());
    }
  }

  @Test
  void aBatchThatFailsAfterACallRanIsUnknownAndNotSentAgain() {
    int before = fleet.runs("direct-accounts");
    try (WorkerClient client = client(PROXY)) {
      WorkerException e =
          catchThrowableOfType(WorkerException.class, () -> api(client, PROXY).large(17 << 20));
      assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
      assertThat(e.serviceError().safeToResend()).isFalse();
      assertThat(e.attempts()).hasSize(1);
    }
    assertThat(fleet.runs("direct-accounts") - before).isEqualTo(1);
  }

  @Test
  void methodsOfADurableObjectAreCalled() {
    try (WorkerClient client = fleet.proxied("ROOMS").build()) {
      String name = "room-" + System.nanoTime();
      Room room = Rpc.of(client.service("ROOMS").durableObject(name), Room.class);
      assertThat(room.join("ann")).isEqualTo(new Member("ann", 1));
      assertThat(room.join("bob")).isEqualTo(new Member("bob", 2));
    }
  }

  @Test
  void aQueueTakesAMessageAndAnAiAnswers() {
    int before = fleet.runs("direct-mocks");
    try (WorkerClient jobs = fleet.proxied("JOBS").build();
        WorkerClient ai = fleet.proxied("AI").build()) {
      Rpc.of(jobs.service("JOBS"), Queue.class).send(Map.of("job", 1));
      assertThat(Rpc.of(ai.service("AI"), Ai.class).run("@cf/model", Map.of("prompt", "x")))
          .containsEntry("response", "an answer");
    }
    assertThat(fleet.runs("direct-mocks") - before).isEqualTo(2);
  }

  private WorkerClient client(String at) {
    return client(at, new ArrayList<>());
  }

  /** Tells each attempt that it makes. */
  private WorkerClient client(String at, List<CallInfo> attempts) {
    WorkerClient.Builder builder = at.equals(PROXY) ? fleet.proxied("ACCOUNTS") : fleet.direct(at);
    return builder.listener(new AttemptList(attempts)).build();
  }

  private static String service(String at) {
    return at.equals(PROXY) ? "ACCOUNTS" : "API";
  }

  private static Api api(WorkerClient client, String at) {
    return Rpc.of(client.service(service(at)), Api.class);
  }
}
