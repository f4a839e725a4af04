package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.mockserver.workerd.CapnwebObjects.Adder;
import dev.workerclient.mockserver.workerd.CapnwebObjects.Authed;
import dev.workerclient.mockserver.workerd.CapnwebObjects.Numbers;
import dev.workerclient.mockserver.workerd.CapnwebObjects.User;
import dev.workerclient.mockserver.workerd.CapnwebObjects.Watcher;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcName;
import dev.workerclient.rpc.RpcPromise;
import dev.workerclient.rpc.RpcProperty;
import dev.workerclient.rpc.RpcSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions with the official library at the other end: capnweb 0.5.0 and the newest. */
@Tag("workerd")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.mockserver.workerd.Installed#all")
class RpcSessionRealRuntimeTest {
  private static final String NEWEST = "direct-capnweb";
  private static final String OLDEST = "direct-capnweb-oldest";

  /** For a longer run: {@code -Drpc.session.calls=10000}. */
  private static final int CALLS = Integer.getInteger("rpc.session.calls", 1_000);

  private final RpcFleet fleet;

  RpcSessionRealRuntimeTest(Installed runtime) {
    fleet = RpcFleet.on(runtime);
  }

  interface Api {
    String hello(String name);

    List<@Nullable Object> echo(@Nullable Object... values);

    void noop();

    String boom();

    Authed auth(String token);

    RpcPromise<Counter> makeCounter();

    String callMe(CapnwebObjects.Callback callback);

    int each(int count, Numbers numbers);

    List<String> callSeen(Watcher watcher);

    void keep(CapnwebObjects.Callback callback);

    String useKept(String text);

    List<Named> users();

    @RpcName("users")
    RpcPromise<List<Named>> usersLater();

    Adder adder(int by);

    CompletableFuture<String> slow(int millis);
  }

  interface Counter extends AutoCloseable {
    int inc(int by);

    @Override
    void close();
  }

  interface Member {
    @RpcProperty
    RpcPromise<String> name();
  }

  record Named(String name, Authed authed) {}

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST})
  void valuesRoundTrip(String at) {
    try (WorkerClient client = fleet.direct(at).build();
        RpcSession session = session(client)) {
      Api api = session.of(Api.class);
      assertThat(api.echo(RpcFleet.VALUES.toArray())).isEqualTo(RpcFleet.VALUES);
      api.noop();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST})
  void callsArePipelinedAndErrorsTold(String at) {
    try (WorkerClient client = fleet.direct(at).build();
        RpcSession session = session(client)) {
      Api api = session.of(Api.class);
      Authed authed = api.auth("t0k");
      assertThat(authed.getUser(5).get("name", String.class).join()).isEqualTo("user-5");
      assertThat(authed.getUser(6).join()).isEqualTo(new User(6, "user-6"));
      assertThat(authed.whoami()).isEqualTo("alice");
      WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, api::boom);
      assertThat(e.remoteType() + " " + e.remoteMessage()).isEqualTo("TypeError kaboom");
      WorkerRpcException bad =
          catchThrowableOfType(WorkerRpcException.class, () -> api.auth("no").whoami());
      assertThat(bad.remoteMessage()).isEqualTo("bad token");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST})
  void liveObjectsAndFunctionsAreCalledUntilTheyAreClosed(String at) {
    try (WorkerClient client = fleet.direct(at).build();
        RpcSession session = session(client)) {
      Api api = session.of(Api.class);
      try (Counter counter = api.makeCounter().join()) {
        assertThat(counter.inc(1)).isEqualTo(1);
        assertThat(counter.inc(4)).isEqualTo(5);
      }
      List<Named> users = api.users();
      assertThat(users.get(1).authed().whoami()).isEqualTo("bob");
      assertThat(users.get(0).authed().whoami()).isEqualTo("ann");
      assertThat(api.adder(3).add(4)).isEqualTo(7);
      assertThat(session.isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST})
  void aRecordedFunctionRunsAtTheWorker(String at) {
    try (WorkerClient client = fleet.direct(at).build();
        RpcSession session = session(client)) {
      Authed authed = session.of(Api.class).auth("t0k");
      if (!at.equals(OLDEST)) { // It disposes of what a function captured after one element.
        assertThat(
                authed
                    .getIds()
                    .mapPromise(Integer.class, id -> authed.userOf(id).get("name", String.class))
                    .join())
            .containsExactly("user-1", "user-2", "user-3");
      }
      assertThat(session.of(Api.class).usersLater().map(Member.class, Member::name).join())
          .containsExactly("user-0", "user-1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST})
  void streamsGoBothWays(String at) throws IOException {
    try (WorkerClient client = fleet.direct(at).build();
        RpcSession session = session(client)) {
      Streams api = session.of(Streams.class);
      try (InputStream in = api.textStream(3)) {
        assertThat(in.readAllBytes()).asString().isEqualTo("chunk-0chunk-1chunk-2");
      }
      try (InputStream in = api.bytes(50, 100_000)) {
        assertThat(in.readAllBytes()).hasSize(5_000_000);
      }
      try (InputStream in = api.failing()) {
        assertThatIOException().isThrownBy(in::readAllBytes);
      }
      assertThat(api.length(new ByteArrayInputStream(new byte[5_000_000]))).isEqualTo(5_000_000);
      Answer answer = api.resp();
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.body().readAllBytes()).asString().isEqualTo("made here");
      if (!at.equals(OLDEST)) { // It had no Blobs yet.
        assertThat(api.aBlob().readAllBytes()).asString().isEqualTo("blob");
      }
      assertThat(session.isOpen()).isTrue();
    }
  }

  interface Streams {
    InputStream textStream(int chunks);

    InputStream bytes(int chunks, int size);

    InputStream failing();

    int length(InputStream stream);

    Answer resp();

    InputStream aBlob();
  }

  record Answer(int status, List<List<String>> headers, InputStream body) {}

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST})
  void theWorkerCallsBack(String at) {
    try (WorkerClient client = fleet.direct(at).build();
        RpcSession session = session(client)) {
      Api api = session.of(Api.class);
      assertThat(api.callMe(text -> "cb:" + text)).isEqualTo("cb:from-server");
      List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
      assertThat(api.each(100, seen::add)).isEqualTo(100);
      assertThat(seen).isEqualTo(IntStream.range(0, 100).boxed().toList());
      assertThat(
              api.callSeen(
                  (what, count) -> {
                    if (what.equals("boom")) {
                      throw new IllegalStateException("no " + what);
                    }
                    return what + count;
                  }))
          .containsExactly("a2", "Error: no boom");
      api.keep(text -> "kept " + text);
      assertThat(api.useKept("x")).isEqualTo("kept x");
      assertThat(session.isOpen()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, OLDEST})
  void callsOf64ThreadsAreAnsweredEach(String at) throws Exception {
    int before = fleet.runs(at);
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try (WorkerClient client = fleet.direct(at).build();
        RpcSession session = session(client)) {
      Api api = session.of(Api.class);
      List<Future<String>> all =
          IntStream.range(0, CALLS)
              .mapToObj(i -> threads.submit(() -> api.hello("no. " + i)))
              .toList();
      for (int i = 0; i < all.size(); i++) {
        assertThat(all.get(i).get()).isEqualTo("Hello no. " + i);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(fleet.runs(at) - before).isEqualTo(CALLS);
  }

  @ParameterizedTest
  @ValueSource(strings = NEWEST) // The oldest reads any depth.
  void aProtocolErrorEndsTheCallsInFlight(String at) {
    try (WorkerClient client = fleet.direct(at).build();
        RpcSession session = session(client)) {
      Api api = session.of(Api.class);
      CompletableFuture<String> slow = api.slow(5_000);
      // 255 arrays are more than the library takes.
      Object deep = 1;
      for (int i = 0; i < 255; i++) {
        deep = List.of(deep);
      }
      Object tooDeep = deep;
      WorkerConnectionException e =
          catchThrowableOfType(WorkerConnectionException.class, () -> api.echo(tooDeep));
      assertThat(e).isNotNull();
      assertThat(slow).failsWithin(Duration.ofSeconds(5));
    }
  }

  private static RpcSession session(WorkerClient client) {
    return Rpc.session(client.service("API"));
  }
}
