package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.error.WorkerRpcException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Batches captured from the official client: the same bytes are sent, and the same value read. */
class GoldenTest {
  @RegisterExtension final RpcServer server = new RpcServer();

  interface Api {
    RpcPromise<String> hello(Object name);

    Session auth(String token);

    RpcPromise<Object> echo(Object... values);

    Counter makeCounter();

    Room room(String name);

    RpcPromise<Types> types();

    RpcPromise<String> slow(int millis);

    void noop();

    RpcPromise<Object> boom();

    RpcPromise<Object> boomStr();

    RpcPromise<Object> nope();

    @RpcName("map_")
    RpcPromise<Object> mapOfTheWorker();

    RpcPromise<Object> resp();

    RpcPromise<List<String>> textStream(int chunks);

    Users binding(String name);

    Account account(int id);

    @RpcProperty
    @RpcName("USERS")
    Users users();

    @RpcProperty
    @RpcName("SECRET")
    RpcPromise<String> secret();
  }

  interface Session {
    RpcPromise<User> getUser(int id);

    @RpcProperty
    RpcPromise<String> whoami();

    @RpcProperty
    @RpcName("whoami")
    Deep whoamiAsObject();
  }

  interface Deep {
    @RpcProperty
    Deep foo();

    RpcPromise<Object> bar();
  }

  interface Counter {
    RpcPromise<Integer> inc();

    RpcPromise<Integer> inc(int by);

    @RpcProperty
    RpcPromise<Integer> value();
  }

  interface Room {
    RpcPromise<Visit> join(String who);
  }

  interface Users {
    RpcPromise<User> getUser(String id);

    Account account(int id);

    RpcPromise<List<String>> echo(Object first, Object second);

    RpcPromise<Object> typesOf(Object... values);

    RpcPromise<Object> boom();

    RpcPromise<Object> nope();

    RpcPromise<Object> mapset();

    void noop();
  }

  interface Account {
    RpcPromise<Profile> profile();

    RpcPromise<Balance> balance();

    RpcPromise<Object> fail();
  }

  record User(String id, String name, @Nullable List<String> tags) {}

  record Visit(String who, int n) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Profile(String name, @Nullable Instant joined, byte @Nullable [] avatar) {}

  record Balance(int id, BigInteger cents) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Types(
      Instant d,
      @Nullable Instant bad,
      BigInteger big,
      byte[] bytes,
      Optional<String> u,
      double nan,
      double inf,
      double ninf,
      @Nullable String nul,
      List<Object> arr,
      String url,
      Map<String, Object> err) {}

  private <R extends @Nullable Object> R same(String capture, Function<Api, RpcPromise<R>> calls) {
    Capture captured = Capture.named(capture);
    server.answers(captured.responseBody());
    try {
      return Rpc.batch(server.service(), Api.class, calls);
    } finally {
      assertThat(server.batch()).isEqualTo(captured.requestBody());
    }
  }

  private <R extends @Nullable Object> WorkerRpcException thrown(
      String capture, Function<Api, RpcPromise<R>> calls) {
    return catchThrowableOfType(WorkerRpcException.class, () -> same(capture, calls));
  }

  @Test
  void singleCall() {
    assertThat((Object) same("single-call", api -> api.hello("World"))).isEqualTo("Hello World");
  }

  @Test
  void twoIndependent() {
    Capture captured = Capture.named("two-independent");
    server.answers(captured.responseBody());
    RpcBatch batch = Rpc.batch(server.service());
    Api api = batch.of(Api.class);
    RpcPromise<String> first = api.hello("A");
    RpcPromise<String> second = api.hello("B");
    batch.execute();
    assertThat(server.batch()).isEqualTo(captured.requestBody());
    assertThat(first.join() + second.join()).isEqualTo("Hello AHello B");
  }

  @Test
  void slowAndFast() {
    Capture captured = Capture.named("slow-and-fast");
    server.answers(captured.responseBody());
    RpcBatch batch = Rpc.batch(server.service());
    Api api = batch.of(Api.class);
    RpcPromise<String> slow = api.slow(200);
    RpcPromise<String> fast = api.hello("x");
    batch.execute();
    assertThat(server.batch()).isEqualTo(captured.requestBody());
    assertThat(List.of(slow.join(), fast.join())).containsExactly("slow200", "Hello x");
  }

  @Test
  void pipelinedProperty() {
    assertThat(
            (Object)
                same(
                    "pipelined-auth-getuser-name",
                    api -> api.auth("t0k").getUser(5).get("name", String.class)))
        .isEqualTo("user-5");
  }

  @Test
  void pipelinedResultAsArgument() {
    assertThat(
            (Object)
                same(
                    "pipelined-result-as-arg",
                    api -> api.hello(api.auth("t0k").getUser(5).get("name", String.class))))
        .isEqualTo("Hello user-5");
  }

  @Test
  void resultsAsArguments() {
    assertThat(
            (Object)
                same(
                    "svc-chain-arg",
                    api -> {
                      RpcPromise<User> user = api.users().getUser("q");
                      RpcPromise<String> greeting = api.hello("w");
                      return api.users().echo(user.get("name", String.class), greeting);
                    }))
        .isEqualTo(List.of("svc-user-q", "Hello w"));
  }

  @Test
  void propertyOfAnObject() {
    assertThat((Object) same("property-get", api -> api.auth("t0k").whoami())).isEqualTo("alice");
  }

  @Test
  void propertyOfTheMainObject() {
    assertThat((Object) same("env-as-main-secret", Api::secret)).isEqualTo("s3cr3t");
  }

  @Test
  void callsOnAnObjectThatAWorkerReturns() {
    Capture captured = Capture.named("makecounter-multi");
    server.answers(captured.responseBody());
    RpcBatch batch = Rpc.batch(server.service());
    Counter counter = batch.of(Api.class).makeCounter();
    RpcPromise<Integer> one = counter.inc();
    RpcPromise<Integer> six = counter.inc(5);
    one.pull();
    six.pull();
    RpcPromise<Integer> value = counter.value().pull();
    batch.execute();
    assertThat(server.batch()).isEqualTo(captured.requestBody());
    assertThat(List.of(one.join(), six.join(), value.join())).containsExactly(1, 6, 6);
  }

  @Test
  void durableObjectOfTheWorker() {
    Capture captured = Capture.named("do-room");
    server.answers(captured.responseBody());
    RpcBatch batch = Rpc.batch(server.service());
    Room room = batch.of(Api.class).room("r1");
    RpcPromise<Visit> bob = room.join("bob");
    RpcPromise<Visit> eve = room.join("eve");
    batch.execute();
    assertThat(server.batch()).isEqualTo(captured.requestBody());
    assertThat(List.of(bob.join(), eve.join()))
        .containsExactly(new Visit("bob", 1), new Visit("eve", 2));
  }

  /** The capture has an invalid Date, typed arrays and undefined too, which Java has not. */
  @Test
  void valuesOfEveryTypeAsArguments() {
    Capture captured = Capture.named("args-special");
    server.answers(captured.responseBody());
    List<@Nullable Object> sent =
        Arrays.asList(
            Instant.ofEpochMilli(1749342170815L),
            new BigInteger("123456789012345678901234567890"),
            new byte[] {1, 2, 3, (byte) 255},
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            null,
            true,
            1.5,
            0,
            "s",
            List.of(1, List.of(2, List.of("date"))));
    Object unused = Rpc.batch(server.service(), Api.class, api -> api.echo(sent));
    List<String> forms =
        List.of(
            "[\"date\",1749342170815]",
            "[\"bigint\",\"123456789012345678901234567890\"]",
            "[\"bytes\",\"AQID/w\"]",
            "[\"nan\"],[\"inf\"],[\"-inf\"],null,true,1.5,0,\"s\",[[1,[[2,[[\"date\"]]]]]]");
    assertThat(server.batch())
        .isEqualTo(
            "[\"push\",[\"pipeline\",0,[\"echo\"],[[["
                + String.join(",", forms)
                + "]]]]]\n[\"pull\",1]");
    assertThat(captured.requestBody()).contains(forms);
  }

  @Test
  void valuesOfEveryTypeAsAResult() {
    Types types = same("ret-special", Api::types);
    assertThat(types.d()).isEqualTo(Instant.ofEpochMilli(1749342170815L));
    assertThat(types.bad()).isNull();
    assertThat(types.big()).isEqualTo("123456789012345678901234567890");
    assertThat(types.bytes()).containsExactly(1, 2, 3, 255);
    assertThat(types.u()).isEmpty();
    assertThat(types.nan()).isNaN();
    assertThat(types.inf()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(types.ninf()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(types.arr()).isEqualTo(List.of(1, List.of(2, 3)));
    assertThat(types.url()).isEqualTo("https://e.com/p?q=1");
    assertThat(types.err()).containsEntry("name", "TypeError").containsEntry("message", "te");
  }

  @Test
  void methodThatReturnsNothing() {
    Capture captured = Capture.named("void-return");
    server.answers(captured.responseBody());
    RpcBatch batch = Rpc.batch(server.service());
    batch.of(Api.class).noop();
    batch.execute();
    assertThat(server.batch()).isEqualTo(captured.requestBody());
  }

  @Test
  void methodOfAServiceThatReturnsNothing() {
    Capture captured = Capture.named("svc-void");
    server.answers(captured.responseBody());
    RpcBatch batch = Rpc.batch(server.service());
    batch.of(Api.class).users().noop();
    batch.execute();
    assertThat(server.batch()).isEqualTo(captured.requestBody());
  }

  @Test
  void objectThatNothingIsCalledOn() {
    Capture captured = Capture.named("return-stub-awaited");
    server.answers(captured.responseBody());
    RpcBatch batch = Rpc.batch(server.service());
    Session unused = batch.of(Api.class).auth("t0k");
    batch.execute();
    assertThat(server.batch()).isEqualTo(captured.requestBody());
  }

  @Test
  void callThatWouldBeLostIsPulled() {
    Capture captured = Capture.named("unpulled-binding-call-lost", 1);
    server.answers(captured.responseBody());
    assertThat((Object) Rpc.batch(server.service(), Api.class, api -> api.room("ff").join("x")))
        .isEqualTo(new Visit("x", 1));
    assertThat(server.batch()).isEqualTo(captured.requestBody());
  }

  @Test
  void errorWithItsProperties() {
    WorkerRpcException e = thrown("error-thrown", Api::boom);
    assertThat(e.remoteType()).isEqualTo("TypeError");
    assertThat(e.remoteMessage()).isEqualTo("kaboom");
    assertThat(e.properties())
        .containsEntry("code", "E_BOOM")
        .containsEntry("details", Map.of("retryable", false, "at", Instant.EPOCH))
        .containsEntry("cause", Map.of("name", "Error", "message", "root"));
    assertThat(e.serviceError().operation()).isEqualTo("boom");
    assertThat(e).hasMessageContaining("API boom failed").hasMessageContaining("TypeError: kaboom");
  }

  @Test
  void errorWithItsStack() {
    assertThat(thrown("error-thrown-with-stack", Api::boom))
        .hasMessageContaining("TypeError: kaboom")
        .hasMessageNotContaining("deliverCall");
  }

  @Test
  void errorsOfTheRuntimeAndOfServices() {
    assertThat(thrown("error-thrown-string", Api::boomStr).remoteMessage())
        .isEqualTo("plain string");
  }

  @Test
  void errorOfAMethodThatIsNotThere() {
    assertThat(thrown("error-unknown-method", Api::nope).remoteType()).isEqualTo("TypeError");
  }

  @Test
  void errorOfAPropertyThatIsNotThere() {
    assertThat(thrown("error-not-a-function", api -> api.auth("t0k").whoamiAsObject().foo().bar()))
        .hasMessageContaining("Cannot read properties of undefined");
  }

  @Test
  void errorOfWhatTheCallIsBuiltOn() {
    WorkerRpcException e =
        thrown(
            "pipelined-auth-failure", api -> api.auth("bad").getUser(5).get("name", String.class));
    assertThat(e.remoteType()).isEqualTo("RangeError");
    assertThat(e.remoteMessage()).isEqualTo("bad token");
  }

  @Test
  void errorOfAService() {
    assertThat(thrown("svc-error", api -> api.users().boom()).properties())
        .containsEntry("remote", true);
  }

  @Test
  void errorOfAnObjectOfAService() {
    assertThat(thrown("svc-error-deep", api -> api.users().account(7).fail()).remoteMessage())
        .isEqualTo("acct fail");
  }

  @Test
  void errorOfAMethodThatAServiceHasNot() {
    assertThat(thrown("svc-unknown-method", api -> api.users().nope()).remoteMessage())
        .contains("does not implement the method");
  }

  @Test
  void errorOfAValueThatCannotBeSent() {
    assertThat(thrown("ret-map-unsupported", Api::mapOfTheWorker).remoteMessage())
        .isEqualTo("Cannot serialize value: [object Map]");
  }

  @Test
  void errorOfAServicesValueThatCannotBeSent() {
    assertThat(thrown("svc-mapset-unsupported", api -> api.users().mapset()).remoteType())
        .isEqualTo("TypeError");
  }

  @Test
  void errorOfABindingThatIsNotAllowed() {
    assertThat(thrown("svc-allowlist-denied", api -> api.binding("SECRET").getUser("u1")))
        .hasMessageContaining("binding not allowed");
  }

  @Test
  void recordsOfServices() {
    User user = same("svc-allowlist-method", api -> api.binding("USERS").getUser("u1"));
    assertThat(user).isEqualTo(new User("u1", "svc-user-u1", List.of("x", "y")));
  }

  @Test
  void recordsOfBindings() {
    assertThat(same("svc-getter", api -> api.users().getUser("u1")).name())
        .isEqualTo("svc-user-u1");
  }

  @Test
  void recordsOfTheEnvironment() {
    assertThat(same("env-as-main", api -> api.users().getUser("z")).id()).isEqualTo("z");
  }

  @Test
  void bigintInARecord() {
    assertThat((Object) same("svc-bigint", api -> api.users().account(7).balance()))
        .isEqualTo(new Balance(7, BigInteger.valueOf(4200)));
  }

  @Test
  void chainThreeDeep() {
    Profile profile =
        same("svc-pipelined-rpctarget", api -> api.binding("USERS").account(7).profile());
    assertThat(profile.name()).isEqualTo("acct-7");
    assertThat(profile.avatar()).containsExactly(1, 2, 3);
  }

  @Test
  void propertyOfAChain() {
    assertThat(
            (Object)
                same(
                    "svc-pipelined-prop",
                    api -> api.users().account(7).profile().get("name", String.class)))
        .isEqualTo("acct-7");
  }

  @Test
  void propertyOfAChainFromTheMainObject() {
    assertThat(
            (Object) same("svc-as-main", api -> api.account(9).profile().get("name", String.class)))
        .isEqualTo("acct-9");
  }

  @Test
  void streamsAndResponsesAreNoData() {
    for (String capture : List.of("response-return-in-batch", "stream-return-in-batch")) {
      server.requests().clear();
      assertThat(
              catchThrowableOfType(
                  WorkerDecodingException.class,
                  () ->
                      same(
                          capture,
                          api ->
                              capture.startsWith("response")
                                  ? asObject(api.resp())
                                  : asObject(api.textStream(3)))))
          .hasMessageContaining("does a method return a stream or a Response?");
    }
  }

  @SuppressWarnings("unchecked")
  private static RpcPromise<Object> asObject(RpcPromise<?> promise) {
    return (RpcPromise<Object>) promise;
  }

  @Test
  void batchThatTheServerEndsMayHaveRun() {
    server.answers(new MockResponse.Builder().code(500).body("Internal Server Error").build());
    WorkerException e =
        catchThrowableOfType(
            WorkerException.class,
            () -> Rpc.batch(server.service(), Api.class, api -> api.hello("x")));
    assertThat(e).isInstanceOf(WorkerResponseException.class);
    assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(e.serviceError().safeToResend()).isFalse();
    assertThat(server.requests()).hasSize(1);
  }
}
