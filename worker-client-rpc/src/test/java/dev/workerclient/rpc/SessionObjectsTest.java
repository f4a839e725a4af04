package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.error.WorkerDecodingException;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import okhttp3.WebSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects that go over a session: the Worker's, which are released, and the application's. */
@Timeout(60)
class SessionObjectsTest {
  @RegisterExtension final SessionServer server = new SessionServer();

  interface Api {
    void watch(Watcher watcher);

    void listen(Listener listener);

    Counter counter();

    Greeter greeter();

    List<Named> all();

    RpcPromise<Named> named();

    String use(Counter counter);

    CompletableFuture<Given> echo(Listener listener);

    @Nullable Object anything();

    List<Object> list();

    Map<String, Object> map();

    JsonNode tree();

    Loose loose();
  }

  record Loose(@Nullable Object held) {}

  @FunctionalInterface
  interface Listener {
    void onEvent(int number);
  }

  interface Watcher extends AutoCloseable {
    String seen(String what, int count);

    @RpcName("later")
    CompletableFuture<String> after(String what);

    Listener listener();

    @RpcProperty
    Given label();

    @Override
    void close();

    default String notListed() {
      return "secret";
    }
  }

  private static final AtomicInteger CLOSED = new AtomicInteger();

  @FunctionalInterface
  interface Greeter extends AutoCloseable {
    String call(String name);

    @Override
    default void close() {
      CLOSED.incrementAndGet();
    }
  }

  interface Counter extends AutoCloseable {
    int inc();

    @Override
    void close();
  }

  record Given(@Nullable Listener listener) {}

  record Named(String name, @Nullable Counter counter) {}

  /** An object with more than its interface lists. */
  static class Watching implements Watcher {
    final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch listening = new CountDownLatch(1);
    final List<Integer> heard = Collections.synchronizedList(new ArrayList<>());

    @Override
    public String seen(String what, int count) {
      if (what.equals("boom")) {
        throw new IllegalStateException("no boom");
      }
      if (what.equals("silent")) {
        throw new IllegalStateException();
      }
      if (what.equals("error")) {
        throw new AssertionError("internal detail");
      }
      return what + count;
    }

    @Override
    public CompletableFuture<String> after(String what) {
      return CompletableFuture.supplyAsync(() -> "after " + what);
    }

    @Override
    public Listener listener() {
      awaitQuietly(listening);
      return heard::add;
    }

    @Override
    public Given label() {
      return new Given(null);
    }

    public String ofTheClassAlone() {
      return "secret";
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'[\"seen\"],[\"a\",2]' | '[\"resolve\",1,\"a2\"]'",
        "'[\"seen\"],[\"a\",2,\"more\"]' | '[\"resolve\",1,\"a2\"]'",
        "'[\"later\"],[\"x\"]' | '[\"resolve\",1,\"after x\"]'",
        "'[\"listener\"],[]' | '[\"resolve\",1,[\"export\",-2]]'",
        "'[\"label\"]' | '[\"resolve\",1,{\"listener\":null}]'",
        "'[\"label\",\"listener\"]' | '[\"resolve\",1,null]'",
        "'[\"label\",\"none\"]' | '[\"resolve\",1,[\"undefined\"]]'",
        "'[\"seen\"],[[\"pipeline\",-1,[\"label\"]],1]' |"
            + " '[\"reject\",1,[\"error\",\"TypeError\",\"an argument can''t be read: it holds a"
            + " call on one of the client''s objects\"]]'",
        "'[\"seen\"],[\"boom\",1]' | '[\"reject\",1,[\"error\",\"Error\",\"no boom\"]]'",
        "'[\"seen\"],[\"silent\",1]' |"
            + " '[\"reject\",1,[\"error\",\"Error\",\"the method failed without a message\"]]'",
        "'[\"seen\"],[\"error\",1]' | '[\"reject\",1,[\"error\",\"Error\",\"the method failed\"]]'",
        "'[\"seen\"],[\"a\",\"b\"]' |"
            + " '[\"reject\",1,[\"error\",\"TypeError\",\"an argument is not of its type\"]]'",
        "'[\"ofTheClassAlone\"],[]' |"
            + " '[\"reject\",1,[\"error\",\"TypeError\",\"''ofTheClassAlone'' is not a function.\"]]'",
        "'[\"notListed\"],[]' |"
            + " '[\"reject\",1,[\"error\",\"TypeError\",\"''notListed'' is not a function.\"]]'",
        "'[\"close\"],[]' |"
            + " '[\"reject\",1,[\"error\",\"TypeError\",\"''close'' is not a function.\"]]'",
        "'[\"getClass\"],[]' |"
            + " '[\"reject\",1,[\"error\",\"TypeError\",\"''getClass'' is not a function.\"]]'",
        "'[\"seen\"]' |"
            + " '[\"reject\",1,[\"error\",\"TypeError\",\"''seen'' is not a property.\"]]'"
      })
  void theWorkerCallsTheMethodsOfTheInterfaceAlone(String call, String answer) {
    Watching watching = new Watching();
    watching.listening.countDown();
    try (RpcSession session = watching(watching)) {
      WebSocket worker = server.socket();
      worker.send("[\"push\",[\"pipeline\",-1," + call + "]]");
      worker.send("[\"pull\",1]");
      assertThat(server.message()).isEqualTo(answer);
      assertThat(session.isOpen()).isTrue();
    }
  }

  @Test
  void callsOnAResultThatIsNotThereYetRunInOrder() {
    Watching watching = new Watching();
    try (RpcSession session = watching(watching)) {
      WebSocket worker = server.socket();
      worker.send("[\"push\",[\"pipeline\",-1,[\"listener\"],[]]]");
      for (int i = 0; i < 100; i++) {
        worker.send("[\"push\",[\"pipeline\",1,[],[" + i + "]]]");
      }
      worker.send("[\"pull\",101]");
      worker.send("[\"push\",[\"pipeline\",-1,[\"missing\"]]]");
      while (session.held() < 103) { // The test has its own timeout.
        Thread.onSpinWait();
      }
      watching.listening.countDown();
      assertThat(server.message()).isEqualTo("[\"resolve\",101,[\"undefined\"]]");
      assertThat(watching.heard).isSorted().hasSize(100);
    }
  }

  @Test
  void anObjectIsClosedAfterItsCallsWhenTheWorkerReleasesIt() throws Exception {
    Watching watching = new Watching();
    try (RpcSession session = watching(watching)) {
      assertThat(session.held()).isEqualTo(1);
      server.socket().send("[\"release\",-1,1]");
      assertThat(watching.closed.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(session.held()).isZero();
    }
  }

  @Test
  void anObjectThatComesBackIsThereThoughTheWorkerReleasesItBeforeItsValueIsRead()
      throws Exception {
    server.answers(
        (socket, message) -> {
          if (message.startsWith("[\"stream\"")) {
            socket.send("[\"resolve\",1,{\"listener\":[\"import\",-1]}]");
            socket.send("[\"release\",-1,1]");
          }
        });
    BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    try (RpcSession session = RpcSession.builder(server.service()).executor(tasks::add).open()) {
      Listener given = number -> {};
      CompletableFuture<Given> echo = session.of(Api.class).echo(given);
      while (session.held() > 0) { // The test has its own timeout.
        Thread.onSpinWait();
      }
      tasks.take().run();
      assertThat(echo.get().listener()).isSameAs(given);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "anything | ['export',-1] | a function or an object of the Worker",
        "list | [[['export',-1]]] | a function or an object of the Worker",
        "map | {'a':{'b':['export',-1]}} | a function or an object of the Worker",
        "loose | {'held':['export',-1]} | a function or an object of the Worker",
        "tree | {'a':['export',-1]} | a function or an object of the Worker",
        "tree | ['export',-1] | a function or an object of the Worker",
        "map | {'a':['writable',-1]} | a WritableStream of the Worker",
      })
  void anObjectWhereAnythingMayStandIsRefusedAndReleased(String method, String value, String what) {
    server.resolves(id -> value.replace('\'', '"'));
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      WorkerDecodingException e =
          catchThrowableOfType(
              WorkerDecodingException.class,
              () -> {
                Object unused =
                    switch (method) {
                      case "anything" -> api.anything();
                      case "list" -> api.list();
                      case "map" -> api.map();
                      case "loose" -> api.loose();
                      default -> api.tree();
                    };
              });

      assertThat(e.serviceError().message()).contains(what, "not data");
      assertThat(server.message()).startsWith("[\"stream\"");
      assertThat(server.message()).isEqualTo("[\"release\",-1,1]");
      assertThat(session.held()).isZero();
      assertThat(session.isOpen()).isTrue();
    }
  }

  @Test
  void anObjectIsClosedWithItsSession() throws Exception {
    Watching watching = new Watching();
    watching(watching).close();
    assertThat(watching.closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void callsOnOneObjectRunInOrder() throws Exception {
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch all = new CountDownLatch(500);
    answerVoid();
    try (RpcSession session = Rpc.session(server.service())) {
      session
          .of(Api.class)
          .listen(
              number -> {
                seen.add(number);
                all.countDown();
              });
      WebSocket worker = server.socket();
      for (int i = 0; i < 500; i++) {
        worker.send("[\"push\",[\"pipeline\",-1,[],[" + i + "]]]");
      }
      assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(seen).isSorted().hasSize(500);
    }
  }

  @Test
  void callsThatAreTooManyAreRefusedOneByOne() {
    CountDownLatch held = new CountDownLatch(1);
    answerVoid();
    try (RpcSession session = Rpc.session(server.service())) {
      session.of(Api.class).listen(number -> awaitQuietly(held));
      drain(1); // The call of listen.
      WebSocket worker = server.socket();
      for (int i = 1; i <= 1100; i++) {
        worker.send("[\"push\",[\"pipeline\",-1,[],[1]]]");
      }
      worker.send("[\"pull\",1100]");
      assertThat(server.message()).contains("reject\",1100", "too many calls wait");
      assertThat(session.isOpen()).isTrue();
    } finally {
      held.countDown();
    }
  }

  @Test
  void whatAMethodReturnsIsCalledUntilItIsClosed() {
    server.resolves(id -> "1");
    try (RpcSession session = Rpc.session(server.service())) {
      Counter counter = session.of(Api.class).counter();
      assertThat(counter.inc()).isEqualTo(1);
      counter.close();
      counter.close();
      assertThatIllegalStateException()
          .isThrownBy(counter::inc)
          .withMessageContaining("counter was closed");
      assertThatIllegalStateException().isThrownBy(() -> session.of(Api.class).use(counter));
    }
    assertThat(server.message()).isEqualTo("[\"push\",[\"pipeline\",0,[\"counter\"],[]]]");
    assertThat(server.message()).isEqualTo("[\"stream\",[\"pipeline\",1,[\"inc\"],[]]]");
    assertThat(server.message()).isEqualTo("[\"release\",1,1]");
  }

  @Test
  void aFunctionIsReleasedByItsClose() {
    server.resolves(id -> "\"called\"");
    try (RpcSession session = Rpc.session(server.service())) {
      try (Greeter greeter = session.of(Api.class).greeter()) {
        assertThat(greeter.call("Ann")).isEqualTo("called");
      }
      drain(2);
      assertThat(server.message()).isEqualTo("[\"release\",1,1]");
      assertThat(CLOSED).hasValue(1);
    }
  }

  @Test
  void objectsInsideOfDataAreCalledAndThoseThatNobodyTakesAreReleased() {
    String value = "[[{\"name\":\"a\",\"counter\":[\"export\",-1],\"unknown\":[\"export\",-2]}]]";
    server.resolves(id -> id == 1 ? value : "7");
    try (RpcSession session = Rpc.session(server.service())) {
      List<Named> all = session.of(Api.class).all();
      drain(1);
      assertThat(server.message()).isEqualTo("[\"release\",-2,1]");
      assertThat(Objects.requireNonNull(all.get(0).counter()).inc()).isEqualTo(7);
      assertThat(server.message()).isEqualTo("[\"stream\",[\"pipeline\",-1,[\"inc\"],[]]]");
    }
  }

  @Test
  void promisesInsideOfAValueAreAwaited() {
    server.answers(
        (socket, message) -> {
          if (message.equals("[\"pull\",1]")) {
            socket.send("[\"resolve\",1,{\"name\":[\"promise\",-1],\"counter\":null}]");
            socket.send("[\"resolve\",-1,\"late\"]");
          }
        });
    try (RpcSession session = Rpc.session(server.service())) {
      assertThat(session.of(Api.class).named().join()).isEqualTo(new Named("late", null));
      drain(2);
      assertThat(server.message() + server.message())
          .contains("[\"release\",-1,1]", "[\"release\",1,1]");
    }
  }

  @Test
  void anObjectThatIsForgottenIsReleasedByTheGarbageCollector() {
    answerVoid();
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      forget(api);
      drain(2); // The pushes of the object and of the promise.
      for (int i = 0; i < 1000 && !server.hasMessage(); i++) {
        System.gc();
      }
      assertThat(List.of(server.message(), server.message()))
          .containsExactlyInAnyOrder("[\"release\",1,1]", "[\"release\",2,1]");
    }
  }

  private static void forget(Api api) {
    assertThat(api.counter()).isNotNull();
    assertThat(api.named()).isNotNull();
  }

  @Test
  void socketsSendSmallMessagesAtOnce() throws IOException {
    try (Socket socket = new PromptSockets(SocketFactory.getDefault()).createSocket()) {
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void anObjectOfAnotherSessionIsRefused() {
    answerVoid();
    try (RpcSession one = Rpc.session(server.service());
        RpcSession other = Rpc.session(server.service())) {
      Counter counter = one.of(Api.class).counter();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> other.of(Api.class).use(counter))
          .withMessageContaining("another");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Rpc.of(server.service(), Api.class).listen(number -> {}))
          .withMessageContaining("Rpc.session(service)");
    }
  }

  private RpcSession watching(Watcher watcher) {
    answerVoid();
    RpcSession session = Rpc.session(server.service());
    session.of(Api.class).watch(watcher);
    drain(1);
    return session;
  }

  private void answerVoid() {
    server.resolves(id -> "[\"undefined\"]");
  }

  private void drain(int messages) {
    for (int i = 0; i < messages; i++) {
      assertThat(server.message()).isNotEmpty();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
