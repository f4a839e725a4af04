package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.mockserver.workerd.CapnwebObjects.Adder;
import dev.workerclient.mockserver.workerd.CapnwebObjects.Authed;
import dev.workerclient.mockserver.workerd.CapnwebObjects.Numbers;
import dev.workerclient.mockserver.workerd.CapnwebObjects.User;
import dev.workerclient.mockserver.workerd.CapnwebObjects.Watcher;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcName;
import dev.workerclient.rpc.RpcPromise;
import dev.workerclient.rpc.RpcSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same session with a Java object behind MockWorkers, and with the official library on each
 * real runtime: what a test sees of its fake is what the application sees of the Worker.
 */
@Tag("workerd")
@Timeout(120)
@ParameterizedClass(name = "{0}")
@MethodSource("ways")
class SessionBothWaysRealRuntimeTest {
  private final Way way;
  private final RpcSession session;
  private final Api api;

  SessionBothWaysRealRuntimeTest(Supplier<Way> way) {
    this.way = way.get();
    this.session = Rpc.session(this.way.client.service("API"));
    this.api = session.of(Api.class);
  }

  /** A client of what serves the session, and what stops that. */
  private record Way(WorkerClient client, Runnable stop) {}

  static Stream<Named<Supplier<Way>>> ways() {
    return Stream.concat(
        Stream.of(Named.of("MockWorkers", SessionBothWaysRealRuntimeTest::mock)),
        Installed.all()
            .flatMap(
                runtime ->
                    Stream.of("direct-capnweb", "direct-capnweb-oldest")
                        .map(
                            library ->
                                Named.of(runtime + ", " + library, () -> real(runtime, library)))));
  }

  private static Way mock() {
    MockWorkers workers = MockWorkers.start();
    workers.service("API").rpc(new FakeApi()).customDomain();
    return new Way(workers.client(), workers::close);
  }

  private static Way real(Installed runtime, String library) {
    WorkerClient client = RpcFleet.on(runtime).direct(library).build();
    return new Way(client, client::close);
  }

  @AfterEach
  void close() {
    session.close();
    way.stop.run();
  }

  interface Api {
    String hello(String name);

    List<@Nullable Object> echo(@Nullable Object... values);

    void noop();

    String boom();

    Authed auth(String token);

    RpcPromise<Counter> makeCounter();

    @RpcName("makeCounter")
    Counter counter();

    String callMe(CapnwebObjects.Callback callback);

    int each(int count, Numbers numbers);

    List<String> callSeen(Watcher watcher);

    void keep(CapnwebObjects.Callback callback);

    String useKept(String text);

    Adder adder(int by);

    List<Member> users();

    CompletableFuture<String> slow(int millis);

    InputStream bytes(int chunks, int size);

    int length(InputStream stream);
  }

  interface Counter extends AutoCloseable {
    int inc(int by);

    @RpcName("inc")
    RpcPromise<Integer> incLater(int by);

    @Override
    void close();
  }

  record Member(String name, Authed authed) {}

  @Test
  void valuesRoundTrip() {
    assertThat(api.echo(RpcFleet.VALUES.toArray())).isEqualTo(RpcFleet.VALUES);
    assertThat(api.hello("you")).isEqualTo("Hello you");
    assertThat(api.slow(1)).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("slow1");
    api.noop();
  }

  @Test
  void callsBuildOnOneAnother() {
    Authed authed = api.auth("t0k");
    assertThat(authed.getUser(5).get("name", String.class).join()).isEqualTo("user-5");
    RpcPromise<Integer> id = authed.getUser(6).get("id", Integer.class);
    assertThat(authed.userOf(id).join()).isEqualTo(new User(6, "user-6"));
    assertThat(authed.getIds().join()).containsExactly(1, 2, 3);
    assertThat(authed.whoami()).isEqualTo("alice");
  }

  @Test
  void errorsAreTold() {
    WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, api::boom);
    assertThat(e.remoteType() + " " + e.remoteMessage()).isEqualTo("TypeError kaboom");
    assertThat(e.delivery()).isEqualTo(Delivery.DELIVERED);
    WorkerRpcException bad =
        catchThrowableOfType(WorkerRpcException.class, () -> api.auth("no").whoami());
    assertThat(bad.remoteMessage()).isEqualTo("bad token");
    WorkerRpcException wrong =
        catchThrowableOfType(WorkerRpcException.class, () -> session.of(Wrong.class).notThere());
    assertThat(wrong.remoteMessage()).isEqualTo("'notThere' is not a function.");
    assertThat(session.isOpen()).isTrue();
  }

  interface Wrong {
    void notThere();
  }

  @Test
  void objectsAndFunctionsAreCalledInOrder() {
    try (Counter counter = api.makeCounter().join()) {
      assertThat(counter.inc(1)).isEqualTo(1);
      assertThat(counter.inc(4)).isEqualTo(5);
    }
    try (Counter counter = api.counter()) {
      List<RpcPromise<Integer>> counts =
          IntStream.range(0, 100).mapToObj(i -> counter.incLater(1)).toList();
      assertThat(counts.stream().map(RpcPromise::join).toList())
          .isEqualTo(IntStream.rangeClosed(1, 100).boxed().toList());
    }
    assertThat(api.adder(3).add(4)).isEqualTo(7);
    List<Member> users = api.users();
    assertThat(users.get(1).authed().whoami()).isEqualTo("bob");
    assertThat(users.get(0).authed().whoami()).isEqualTo("ann");
    assertThat(users.get(0).name()).isEqualTo("user-0");
  }

  @Test
  void theCallersObjectsAreCalled() {
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
  }

  @Test
  void streamsGoBothWays() throws IOException {
    try (InputStream in = api.bytes(50, 100_000)) {
      assertThat(in.readAllBytes()).hasSize(5_000_000);
    }
    assertThat(api.length(new ByteArrayInputStream(new byte[5_000_000]))).isEqualTo(5_000_000);
  }

  /** The Worker of {@code capnweb-api.js} as a test plays it. */
  private static final class FakeApi implements Api {
    private volatile CapnwebObjects.@Nullable Callback kept;

    @Override
    public String hello(String name) {
      return "Hello " + name;
    }

    @Override
    public List<@Nullable Object> echo(@Nullable Object... values) {
      return Arrays.asList(values);
    }

    @Override
    public void noop() {}

    @Override
    public String boom() {
      throw thrown("TypeError", "kaboom");
    }

    @Override
    public Authed auth(String token) {
      if (!token.equals("t0k")) {
        throw thrown("RangeError", "bad token");
      }
      return new FakeAuthed("alice");
    }

    private static WorkerRpcException thrown(String type, String message) {
      ServiceError error =
          ServiceError.builder("API", "call", "WORKER_RPC").message(message).build();
      return new WorkerRpcException(error, type, message, Map.of());
    }

    @Override
    public RpcPromise<Counter> makeCounter() {
      return RpcPromise.of(counter());
    }

    @Override
    public Counter counter() {
      AtomicInteger count = new AtomicInteger();
      return new Counter() {
        @Override
        public int inc(int by) {
          return count.addAndGet(by);
        }

        @Override
        public RpcPromise<Integer> incLater(int by) {
          return RpcPromise.of(inc(by));
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public String callMe(CapnwebObjects.Callback callback) {
      return callback.call("from-server");
    }

    @Override
    public int each(int count, Numbers numbers) {
      IntStream.range(0, count).forEach(numbers::on);
      return count;
    }

    @Override
    public List<String> callSeen(Watcher watcher) {
      String first = watcher.seen("a", 2);
      try {
        return List.of(first, watcher.seen("boom", 1));
      } catch (WorkerRpcException e) {
        return List.of(first, e.remoteType() + ": " + e.remoteMessage());
      }
    }

    @Override
    public void keep(CapnwebObjects.Callback callback) {
      kept = callback;
    }

    @Override
    public String useKept(String text) {
      return Objects.requireNonNull(kept).call(text);
    }

    @Override
    public Adder adder(int by) {
      return number -> number + by;
    }

    @Override
    public List<Member> users() {
      return List.of(
          new Member("user-0", new FakeAuthed("ann")), new Member("user-1", new FakeAuthed("bob")));
    }

    @Override
    public CompletableFuture<String> slow(int millis) {
      return CompletableFuture.completedFuture("slow" + millis);
    }

    @Override
    public InputStream bytes(int chunks, int size) {
      return new ByteArrayInputStream(new byte[chunks * size]);
    }

    @Override
    public int length(InputStream stream) {
      try (stream) {
        return stream.readAllBytes().length;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private record FakeAuthed(String name) implements Authed {
    @Override
    public RpcPromise<User> getUser(int id) {
      return RpcPromise.of(new User(id, "user-" + id));
    }

    @Override
    public RpcPromise<User> userOf(RpcPromise<Integer> id) {
      return getUser(id.join());
    }

    @Override
    public RpcPromise<List<Integer>> getIds() {
      return RpcPromise.of(List.of(1, 2, 3));
    }

    @Override
    public String whoami() {
      return name;
    }
  }
}
