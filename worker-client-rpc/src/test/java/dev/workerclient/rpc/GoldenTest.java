package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.rpc.GoldenApi.Api;
import dev.workerclient.rpc.GoldenApi.Balance;
import dev.workerclient.rpc.GoldenApi.Counter;
import dev.workerclient.rpc.GoldenApi.Profile;
import dev.workerclient.rpc.GoldenApi.Room;
import dev.workerclient.rpc.GoldenApi.Session;
import dev.workerclient.rpc.GoldenApi.Types;
import dev.workerclient.rpc.GoldenApi.User;
import dev.workerclient.rpc.GoldenApi.Visit;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Batches captured from the official client: the same bytes are sent, and the same value read. */
class GoldenTest {
  @RegisterExtension final RpcServer server = new RpcServer();

  @Test
  void singleCall() {
    assertThat((Object) server.replay("single-call", api -> api.hello("World")))
        .isEqualTo("Hello World");
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
                server.replay(
                    "pipelined-auth-getuser-name",
                    api -> api.auth("t0k").getUser(5).get("name", String.class)))
        .isEqualTo("user-5");
  }

  @Test
  void pipelinedResultAsArgument() {
    assertThat(
            (Object)
                server.replay(
                    "pipelined-result-as-arg",
                    api -> api.hello(api.auth("t0k").getUser(5).get("name", String.class))))
        .isEqualTo("Hello user-5");
  }

  @Test
  void resultsAsArguments() {
    assertThat(
            (Object)
                server.replay(
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
    assertThat((Object) server.replay("property-get", api -> api.auth("t0k").whoami()))
        .isEqualTo("alice");
  }

  @Test
  void propertyOfTheMainObject() {
    assertThat((Object) server.replay("env-as-main-secret", Api::secret)).isEqualTo("s3cr3t");
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
    Types types = server.replay("ret-special", Api::types);
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
  void recordsOfServices() {
    User user = server.replay("svc-allowlist-method", api -> api.binding("USERS").getUser("u1"));
    assertThat(user).isEqualTo(new User("u1", "svc-user-u1", List.of("x", "y")));
  }

  @Test
  void recordsOfBindings() {
    assertThat(server.replay("svc-getter", api -> api.users().getUser("u1")).name())
        .isEqualTo("svc-user-u1");
  }

  @Test
  void recordsOfTheEnvironment() {
    assertThat(server.replay("env-as-main", api -> api.users().getUser("z")).id()).isEqualTo("z");
  }

  @Test
  void bigintInARecord() {
    assertThat((Object) server.replay("svc-bigint", api -> api.users().account(7).balance()))
        .isEqualTo(new Balance(7, BigInteger.valueOf(4200)));
  }

  @Test
  void chainThreeDeep() {
    Profile profile =
        server.replay("svc-pipelined-rpctarget", api -> api.binding("USERS").account(7).profile());
    assertThat(profile.name()).isEqualTo("acct-7");
    assertThat(profile.avatar()).containsExactly(1, 2, 3);
  }

  @Test
  void propertyOfAChain() {
    assertThat(
            (Object)
                server.replay(
                    "svc-pipelined-prop",
                    api -> api.users().account(7).profile().get("name", String.class)))
        .isEqualTo("acct-7");
  }

  @Test
  void propertyOfAChainFromTheMainObject() {
    assertThat(
            (Object)
                server.replay(
                    "svc-as-main", api -> api.account(9).profile().get("name", String.class)))
        .isEqualTo("acct-9");
  }
}
