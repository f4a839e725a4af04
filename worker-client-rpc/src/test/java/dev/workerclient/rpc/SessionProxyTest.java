package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.AccessDeniedException;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.UnprovenResponseException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerLimitException;
import dev.workerclient.error.WorkerTimeoutException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.WebSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a session is told by the binding proxy, and how it keeps to the proxy's limits. */
@Timeout(60)
class SessionProxyTest {
  private static final String REFUSED =
      "[\"error\",\"BindingProxyError\",\"no\",null,{\"bindingProxyCode\":\"%s\","
          + "\"bindingProxyOutcome\":\"not-dispatched\"}]";

  @RegisterExtension final SessionServer server = new SessionServer();

  interface Api {
    String hello(String name);

    @RpcName("hello")
    CompletableFuture<String> helloLater(String name);

    @RpcName("hello")
    RpcPromise<String> helloPromise(String name);

    RpcPromise<List<Integer>> ids();

    Cart cart();

    int length(InputStream stream);

    InputStream export();

    int upload(Upload upload);

    void write(OutputStream to);

    String watch(Watcher watcher);

    @RpcName("watch")
    RpcPromise<String> watchLater(Watcher watcher);

    void note(RpcPromise<String> name);
  }

  record Upload(InputStream file) {}

  interface Cart extends AutoCloseable {
    void add(String what);

    @Override
    void close();
  }

  interface Watcher extends AutoCloseable {
    String seen(String what);

    @Override
    void close() throws IOException;
  }

  @BeforeEach
  void proxy() {
    limits("calls-in-flight=2; exports=4; message-characters=100; argument-characters=120");
  }

  private void limits(String limits) {
    server.isProxy("Binding-Proxy-Outcome", "target-answered", "Binding-Proxy-Session", limits);
  }

  @Test
  void theUpgradeNamesTheBindingAndTheOperation() {
    try (RpcSession session = Rpc.session(server.service().durableObject("room-1"))) {
      assertThat(session.route()).isEqualTo("binding-proxy");
    }
    var headers = server.requests().get(0).getHeaders();
    assertThat(headers.get("Binding-Proxy-Op")).isEqualTo("rpc");
    assertThat(headers.get("Binding-Proxy-Target")).isEqualTo("API");
    assertThat(headers.get("Binding-Proxy-Object")).isEqualTo("name:room-1");
    assertThat(headers.get("Upgrade")).isEqualTo("websocket");
    assertThat(headers.get("Binding-Proxy-Timeout-Ms")).endsWith(";headers");
  }

  @Test
  void a101ThatIsNotTheProxysIsNoSession() {
    server.isProxy("X-Other", "1");
    UnprovenResponseException e =
        catchThrowableOfType(
            UnprovenResponseException.class, () -> Rpc.session(server.service()).close());
    assertThat(e).hasMessageContaining("Binding-Proxy-Outcome");
    assertThat(server.broken()).isSameAs(server.socket());
  }

  @Test
  void aRefusedCallIsNotDeliveredAndTheSessionGoesOn() {
    answersPulls((socket, id) -> reject(socket, id, REFUSED.formatted("FORBIDDEN")));
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      AccessDeniedException e =
          catchThrowableOfType(AccessDeniedException.class, () -> api.hello("x"));
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(e.serviceError().safeToResend()).isTrue();
      assertThat(e).hasMessageContaining("nothing of the call ran");
      assertThat(session.isOpen()).isTrue();
      assertThat(session.held()).isZero();
    }
  }

  @Test
  void aProxyCodeAloneIsUnknown() {
    answersPulls(
        (socket, id) ->
            reject(
                socket,
                id,
                "[\"error\",\"E\",\"m\",null,{\"bindingProxyCode\":\"NETWORK_LOST\"}]"));
    try (RpcSession session = Rpc.session(server.service())) {
      WorkerException e =
          catchThrowableOfType(WorkerException.class, () -> session.of(Api.class).hello("x"));
      assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
      assertThat(e.serviceError().safeToResend()).isFalse();
    }
  }

  @Test
  void aUsedUpSessionSaysThatAnotherOneIsNeeded() {
    answersPulls((socket, id) -> reject(socket, id, REFUSED.formatted("BODY_TOO_LARGE")));
    try (RpcSession session = Rpc.session(server.service())) {
      WorkerLimitException e =
          catchThrowableOfType(WorkerLimitException.class, () -> session.of(Api.class).hello("x"));
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(e.diagnosis().fix()).contains("another session");
    }
  }

  @Test
  void whatADirectWorkerCallsARefusalIsItsOwnError() {
    RpcFailures failures =
        new RpcFailures(
            "S",
            "op",
            false,
            "call",
            new RpcFailures.Source(text -> text, "custom-domain", null, List.of()));
    var properties =
        com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
            .objectNode()
            .put("bindingProxyCode", "FORBIDDEN")
            .put("bindingProxyOutcome", "not-dispatched");
    WorkerException e =
        failures.thrown(
            RpcNode.MAIN.property("x"),
            new dev.workerclient.internal.rpc.RemoteError("E", "m", properties));
    assertThat(e.delivery()).isEqualTo(Delivery.DELIVERED);
  }

  @Test
  void theProxysAbortTellsTheCallsThatNeverRan() throws Exception {
    List<WorkerException> broken = new ArrayList<>();
    try (RpcSession session = Rpc.session(server.service())) {
      CompletableFuture<WorkerException> told = new CompletableFuture<>();
      session.onBroken(told::complete);
      Api api = session.of(Api.class);
      CompletableFuture<String> first = api.helloLater("1");
      CompletableFuture<String> second = api.helloLater("2");
      WebSocket socket = server.socket();
      socket.send(
          "[\"abort\",[\"error\",\"BindingProxyError\",\"Too many. Open another.\",null,"
              + "{\"bindingProxyCode\":\"BODY_TOO_LARGE\",\"bindingProxyLastCall\":1}]]");
      socket.close(4413, "BODY_TOO_LARGE: Too many. Open another.");
      for (CompletableFuture<String> each : List.of(first, second)) {
        ExecutionException e =
            catchThrowableOfType(ExecutionException.class, () -> each.get(10, TimeUnit.SECONDS));
        broken.add((WorkerConnectionException) e.getCause());
      }
      assertThat(broken.get(0).delivery()).isEqualTo(Delivery.UNKNOWN);
      assertThat(broken.get(0).serviceError().safeToResend()).isFalse();
      assertThat(broken.get(1).delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(broken.get(1).serviceError().safeToResend()).isTrue();
      assertThat(broken.get(1)).hasMessageContaining("BODY_TOO_LARGE (Too many. Open another.)");
      assertThat(told.get(10, TimeUnit.SECONDS)).hasMessageContaining("BODY_TOO_LARGE");
      WorkerConnectionException after =
          catchThrowableOfType(WorkerConnectionException.class, () -> api.hello("3"));
      assertThat(after.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(session.held()).isZero();
    }
  }

  @Test
  void theCloseAloneIsNamedToo() {
    try (RpcSession session = Rpc.session(server.service())) {
      CompletableFuture<String> call = session.of(Api.class).helloLater("1");
      server.socket().close(4503, "TIMED_OUT: The session was idle for 300 seconds.");
      assertThat(call)
          .failsWithin(Duration.ofSeconds(10))
          .withThrowableThat()
          .withMessageContaining("4503, TIMED_OUT: The session was idle");
    }
  }

  @Test
  void aCallWaitsForAPlaceWithinItsTime() {
    try (RpcSession session = quick()) {
      Api api = session.of(Api.class);
      CompletableFuture<String> first = api.helloLater("1");
      CompletableFuture<String> second = api.helloLater("2");
      WorkerTimeoutException e =
          catchThrowableOfType(WorkerTimeoutException.class, () -> api.hello("3"));
      assertThat(e.phase()).isEqualTo(WorkerTimeoutException.Phase.QUEUE);
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(e).hasMessageContaining("(2 of 2 calls in flight, 2 of 4 results kept)");
      assertThat(first).failsWithin(Duration.ofSeconds(10));
      assertThat(second).failsWithin(Duration.ofSeconds(10));
      // The proxy runs them still, so that their places are not free.
      assertThat(messages(4)).noneMatch(message -> message.contains("release"));
      WebSocket socket = server.socket();
      socket.send("[\"resolve\",1,\"late\"]");
      assertThat(server.message()).isEqualTo("[\"release\",1,1]");
      CompletableFuture<String> third = api.helloLater("3");
      assertThat(messages(2)).last().isEqualTo("[\"pull\",3]");
      socket.send("[\"resolve\",3,\"three\"]");
      assertThat(third).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("three");
    }
  }

  @Test
  void aWaitingCallGoesOnWhenAnotherOneEnds() {
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      CompletableFuture<String> first = api.helloLater("1");
      CompletableFuture<String> second = api.helloLater("2");
      CompletableFuture<String> third = CompletableFuture.supplyAsync(() -> api.hello("3"));
      WebSocket socket = server.socket();
      assertThat(messages(4)).last().isEqualTo("[\"pull\",2]");
      socket.send("[\"resolve\",2,\"two\"]");
      List<String> next = messages(3);
      assertThat(next.get(0)).isEqualTo("[\"release\",2,1]");
      assertThat(next.get(2)).isEqualTo("[\"pull\",3]");
      socket.send("[\"resolve\",3,\"three\"]");
      socket.send("[\"resolve\",1,\"one\"]");
      assertThat(third).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("three");
      assertThat(first).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("one");
      assertThat(second).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("two");
    }
  }

  @Test
  void theEndsOfPromisesAreAskedForWhenPlacesAreShort() {
    answersPulls((socket, id) -> socket.send("[\"resolve\"," + id + ",\"v" + id + "\"]"));
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      RpcPromise<String> first = api.helloPromise("1");
      RpcPromise<String> second = api.helloPromise("2");
      RpcPromise<String> third = api.helloPromise("3");
      assertThat(List.of(third.join(), first.join(), second.join()))
          .containsExactly("v3", "v1", "v2");
      assertThat(messages(9))
          .containsSubsequence("[\"pull\",1]", "[\"pull\",3]", "[\"release\",3,1]")
          .filteredOn(message -> message.startsWith("[\"pull\",1"))
          .hasSize(1);
      assertThat(session.held()).isZero();
    }
  }

  @Test
  void anObjectThatIsClosedBeforeItsCallEndedIsReleasedThen() {
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      api.cart().close();
      assertThat(messages(2)).last().isEqualTo("[\"pull\",1]");
      server.socket().send("[\"resolve\",1,[\"export\",-1]]");
      assertThat(messages(2)).containsExactly("[\"release\",1,1]", "[\"release\",-1,1]");
      assertThat(session.held()).isZero();
    }
  }

  @Test
  void tooManyResultsThatAreKeptAreRefusedHere() {
    answersPulls((socket, id) -> socket.send("[\"resolve\"," + id + ",[\"export\",-" + id + "]]"));
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      List<Cart> carts = new ArrayList<>();
      WorkerLimitException e =
          catchThrowableOfType(
              WorkerLimitException.class,
              () -> {
                for (int i = 0; i < 6; i++) {
                  carts.add(api.cart());
                }
              });
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(e).hasMessageContaining("4 results that were not released");
      assertThat(carts).hasSize(3); // Each object has an id beside that of its call.
      carts.forEach(Cart::close);
      assertThat(messages(12)).contains("[\"release\",3,1]", "[\"release\",-3,1]");
      api.cart().close();
      assertThat(session.isOpen()).isTrue();
    }
  }

  @Test
  void argumentsThatAreTooMuchTogetherWait() {
    limits("calls-in-flight=8; exports=8; message-characters=100; argument-characters=120");
    try (RpcSession session = quick()) {
      Api api = session.of(Api.class);
      CompletableFuture<String> first = api.helloLater("x".repeat(50));
      WorkerTimeoutException e =
          catchThrowableOfType(WorkerTimeoutException.class, () -> api.hello("x".repeat(50)));
      assertThat(e.phase()).isEqualTo(WorkerTimeoutException.Phase.QUEUE);
      assertThat(first).failsWithin(Duration.ofSeconds(10));
    }
  }

  @Test
  void aMessageThatWouldEndTheSessionIsRefusedHere() {
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api.hello("x".repeat(100)))
          .withMessageContaining("at most 100");
      assertThat(server.hasMessage()).isFalse();
    }
  }

  @Test
  void streamsAndMapAreRefusedBeforeAnythingIsSent() {
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      assertThatIllegalStateException()
          .isThrownBy(() -> api.length(new ByteArrayInputStream(new byte[1])))
          .withMessageContaining("length(…)")
          .withMessageContaining("rpcPath(…)");
      assertThatIllegalStateException().isThrownBy(api::export);
      assertThatIllegalStateException()
          .isThrownBy(() -> api.upload(new Upload(new ByteArrayInputStream(new byte[1]))))
          .withMessageContaining("to send a ByteArrayInputStream is not possible");
      assertThatIllegalStateException().isThrownBy(() -> api.write(new ByteArrayOutputStream()));
      assertThat(server.hasMessage()).isFalse();
      RpcPromise<List<Integer>> ids = api.ids();
      assertThat(server.message()).contains("ids");
      assertThatIllegalStateException()
          .isThrownBy(() -> ids.mapPromise(Integer.class, id -> api.helloPromise("x")))
          .withMessageContaining("map(…) is not possible");
      assertThat(server.hasMessage()).isFalse();
    }
  }

  @Test
  void anObjectOfARefusedCallIsLetGoOf() {
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    answersPulls((socket, id) -> reject(socket, id, REFUSED.formatted("BAD_REQUEST")));
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      WorkerException e =
          catchThrowableOfType(WorkerException.class, () -> api.watch(watcher(closed)));
      assertThat(e.delivery()).isEqualTo(Delivery.NOT_DELIVERED);
      assertThat(session.held()).isZero();
      RpcPromise<String> later = api.watchLater(watcher(new CompletableFuture<>()));
      assertThat(catchThrowableOfType(WorkerException.class, later::join)).isNotNull();
      assertThat(session.held()).isZero();
    }
    assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void callsThatWaitForAPlaceEndWithTheSession() {
    try (RpcSession session =
        RpcSession.builder(server.service()).callTimeout(Duration.ofMinutes(5)).open()) {
      Api api = session.of(Api.class);
      CompletableFuture<String> first = api.helloLater("1");
      CompletableFuture<String> second = api.helloLater("2");
      CompletableFuture<String> third = new CompletableFuture<>();
      Thread waits =
          new Thread(() -> third.completeAsync(() -> api.hello("3"), Runnable::run), "waits");
      waits.start();
      assertThat(messages(4)).hasSize(4);
      while (waits.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      server.cut();
      for (CompletableFuture<String> each : List.of(first, second, third)) {
        assertThat(each)
            .failsWithin(Duration.ofSeconds(10))
            .withThrowableThat()
            .withCauseInstanceOf(WorkerConnectionException.class);
      }
    }
  }

  private static Watcher watcher(CompletableFuture<Boolean> closed) {
    return new Watcher() {
      @Override
      public String seen(String what) {
        return what;
      }

      @Override
      public void close() {
        closed.complete(true);
      }
    };
  }

  private RpcSession quick() {
    return RpcSession.builder(server.service()).callTimeout(Duration.ofMillis(300)).open();
  }

  private interface Answer {
    void to(WebSocket socket, int id);
  }

  private void answersPulls(Answer answer) {
    server.answers(
        (socket, message) -> {
          if (message.startsWith("[\"pull\",")) {
            answer.to(socket, Integer.parseInt(message.replaceAll("\\D", "")));
          }
        });
  }

  private static void reject(WebSocket socket, int id, String error) {
    socket.send("[\"reject\"," + id + "," + error + "]");
  }

  private List<String> messages(int count) {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(server.message());
    }
    return messages;
  }
}
