package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A Worker's streams of values, which go no faster than they are asked for. */
@Timeout(60)
class SessionPublisherTest {
  @RegisterExtension final SessionServer server = new SessionServer();

  interface Api {
    Flow.Publisher<Item> items();

    Flow.Publisher<JsonNode> trees();

    CompletableFuture<Flow.Publisher<Item>> later();

    Page page();
  }

  record Item(int id) {}

  record Page(String title, Flow.Publisher<Item> items) {}

  @Test
  void aChunkIsDecodedWhenItIsAskedForAndThenAcknowledged() throws Exception {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      Heard<Item> heard = Heard.of(session.of(Api.class).items());
      drain(1); // The call.
      write("{\"id\":1}", "{\"id\":2}");
      heard.asks(1);
      assertThat(heard.next()).isEqualTo(new Item(1));
      assertThat(server.message()).isEqualTo("[\"resolve\",2,[\"undefined\"]]");
      assertThat(server.hasMessage()).isFalse();
      assertThat(heard.signals).isEmpty();
      heard.asks(5);
      assertThat(heard.next()).isEqualTo(new Item(2));
      assertThat(server.message()).isEqualTo("[\"resolve\",3,[\"undefined\"]]");
      server.send("[\"stream\",[\"pipeline\",1,[\"close\"],[]]]");
      assertThat(heard.next()).isEqualTo("complete");
      assertThat(heard.threads).hasSize(3).allMatch(name -> name.startsWith("worker-client-rpc-"));
    }
  }

  @Test
  void itsEndNeedsNoDemand() throws Exception {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      Heard<Item> heard = Heard.of(session.of(Api.class).items());
      server.send("[\"stream\",[\"pipeline\",1,[\"close\"],[]]]");
      assertThat(heard.next()).isEqualTo("complete");
    }
  }

  @Test
  void theSessionsExecutorAloneRunsTheSubscriber() throws Exception {
    answersWithStream("[\"readable\",1]");
    BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    try (RpcSession session = RpcSession.builder(server.service()).executor(tasks::add).open()) {
      Heard<Item> heard = Heard.of(session.of(Api.class).items());
      tasks.take().run(); // onSubscribe.
      heard.asks(10);
      assertThat(tasks).isEmpty(); // There is nothing yet.
      write("{\"id\":1}");
      Runnable work = tasks.take();
      write("{\"id\":2}");
      server.send("[\"stream\",[\"pipeline\",1,[\"close\"],[]]]");
      while (session.held() < 4) { // The test has its own timeout.
        Thread.onSpinWait();
      }
      work.run();
      assertThat(heard.signals).startsWith(new Item(1), new Item(2));
    }
  }

  @Test
  void itIsAMemberOfARecordAndOfAFuture() throws Exception {
    answersWithStream("{\"title\":\"first\",\"items\":[\"readable\",1]}");
    try (RpcSession session = Rpc.session(server.service())) {
      Page page = session.of(Api.class).page();
      assertThat(page.title()).isEqualTo("first");
      Heard<Item> heard = Heard.of(page.items()).asks(1);
      write("{\"id\":1}");
      assertThat(heard.next()).isEqualTo(new Item(1));
    }
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      Heard<Item> heard = Heard.of(session.of(Api.class).later().get(10, TimeUnit.SECONDS));
      write("{\"id\":2}");
      assertThat(heard.asks(1).next()).isEqualTo(new Item(2));
    }
  }

  @Test
  void aSecondSubscriberIsRefusedAndTheFirstGoesOn() throws Exception {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      Flow.Publisher<Item> items = session.of(Api.class).items();
      Heard<Item> first = Heard.of(items);
      Heard<Item> second = Heard.of(items);
      assertThat(second.next())
          .asInstanceOf(throwable(IllegalStateException.class))
          .hasMessageContaining("has one subscriber");
      write("{\"id\":1}");
      assertThat(first.asks(1).next()).isEqualTo(new Item(1));
    }
  }

  @Test
  void aSubscriberThatCancelsIsToldNothingAndTheWorkerIsRefused() throws Exception {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      Heard<Item> heard = Heard.of(session.of(Api.class).items());
      drain(1);
      write("{\"id\":1}");
      while (session.held() < 2) { // Until the chunk waits.
        Thread.onSpinWait();
      }
      heard.subscription().cancel();
      assertThat(server.message()).contains("[\"reject\",2,", "the reader closed the stream");
      heard.subscription().request(5);
      write("{\"id\":2}");
      assertThat(server.message()).contains("[\"reject\",3,", "the reader closed the stream");
      assertThat(heard.signals).isEmpty();
    }
  }

  @Test
  void aSubscriberThatThrowsGetsNothingMore() throws Exception {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      Heard<Item> throwing =
          new Heard<>() {
            @Override
            public void onNext(Item item) {
              super.onNext(item);
              throw new IllegalStateException("a mistake of the application");
            }
          };
      session.of(Api.class).items().subscribe(throwing);
      drain(1);
      write("{\"id\":1}", "{\"id\":2}");
      throwing.asks(5);
      assertThat(throwing.next()).isEqualTo(new Item(1));
      assertThat(server.message() + server.message())
          .contains("[\"reject\",2,[\"error\",\"Error\",\"the reader closed the stream\"]]")
          .contains("[\"reject\",3,[\"error\",\"Error\",\"the reader closed the stream\"]]");
      assertThat(throwing.signals).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"text\"                    | not match the requested type",
        "null                        | not match the requested type",
        "[\"undefined\"]             | not match the requested type",
        "{\"id\":[\"export\",-7]}    | holds a function, an object or a stream",
        "{\"id\":[\"writable\",-7]}  | holds a function, an object or a stream",
        "[\"date\",\"x\"]            | a value of the form date is not valid",
      })
  void aChunkThatIsNotOfTheTypeEndsTheStream(String chunk, String message) throws Exception {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      Heard<Item> heard = Heard.of(session.of(Api.class).items()).asks(5);
      write("{\"id\":1}", chunk, "{\"id\":2}");
      assertThat(heard.next()).isEqualTo(new Item(1));
      assertThat(heard.next())
          .asInstanceOf(throwable(WorkerDecodingException.class))
          .hasMessageContaining(message)
          .hasMessageContaining("API stream");
      List<String> sent = new ArrayList<>();
      while (sent.stream().filter(each -> each.contains("reject")).count() < 2) {
        sent.add(server.message());
      }
      assertThat(heard.signals).isEmpty();
      assertThat(sent.stream().anyMatch("[\"release\",-7,1]"::equals))
          .isEqualTo(chunk.contains("-7"));
    }
  }

  @Test
  void treesAreDataAlone() throws Exception {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      Heard<JsonNode> heard = Heard.of(session.of(Api.class).trees()).asks(5);
      write("{\"id\":[[1]]}", "null", "[\"export\",-7]");
      assertThat(heard.next()).hasToString("{\"id\":[1]}");
      assertThat(heard.next()).hasToString("null");
      assertThat(heard.next()).isInstanceOf(WorkerDecodingException.class);
    }
  }

  @Test
  void whatTheWorkerAbortsItWithIsTold() throws Exception {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      Heard<Item> heard = Heard.of(session.of(Api.class).items()).asks(5);
      write("{\"id\":1}");
      server.send(
          "[\"stream\",[\"pipeline\",1,[\"abort\"],[[\"error\",\"RangeError\",\"too far\",null,"
              + "{\"code\":7}]]]]");
      assertThat(heard.next()).isEqualTo(new Item(1));
      WorkerRpcException e = (WorkerRpcException) heard.next();
      assertThat(e.remoteType() + " " + e.remoteMessage()).isEqualTo("RangeError too far");
      assertThat(e.properties()).containsEntry("code", 7);
      assertThat(e.serviceError().safeToResend()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"enough\"", "[\"undefined\"]", "", "{\"no\":1}"})
  void itMayBeAbortedWithAnything(String reason) throws Exception {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      Heard<Item> heard = Heard.of(session.of(Api.class).items());
      server.send("[\"stream\",[\"pipeline\",1,[\"abort\"],[" + reason + "]]]");
      assertThat(heard.next()).isInstanceOf(WorkerRpcException.class);
      assertThat(session.isOpen()).isTrue();
    }
  }

  @Test
  void aStreamThatEndsWithoutACloseFails() throws Exception {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      Heard<Item> heard = Heard.of(session.of(Api.class).items());
      server.send("[\"release\",1,1]");
      assertThat(heard.next())
          .asInstanceOf(throwable(IOException.class))
          .hasMessageContaining("without closing it");
    }
  }

  @Test
  void itFailsAsItsSessionDoes() throws Exception {
    answersWithStream("[\"readable\",1]");
    RpcSession session = Rpc.session(server.service());
    Heard<Item> closed = Heard.of(session.of(Api.class).items());
    session.close();
    assertThat(closed.next()).isInstanceOf(WorkerCancelledException.class);

    RpcSession other = Rpc.session(server.service());
    Heard<Item> broken = Heard.of(other.of(Api.class).items());
    server.cut();
    WorkerException e = (WorkerException) broken.next();
    assertThat(e).isInstanceOf(WorkerConnectionException.class);
    assertThat(e.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(e.serviceError().safeToResend()).isFalse();
  }

  @Test
  void theUnreadChunksOfAllStreamsAreBounded() throws Exception {
    MemorySession memory = new MemorySession(Duration.ofSeconds(5));
    CompletableFuture<Flow.Publisher<Item>> later = memory.of(Api.class).later();
    memory.session.received("[\"pipe\"]");
    memory.session.received("[\"resolve\",1,[\"readable\",1]]");
    memory.runTasks();
    Heard<Item> heard = Heard.of(later.get());
    String tooMuch = "x".repeat(MemorySession.MOST_UNREAD);
    memory.session.received("[\"stream\",[\"pipeline\",1,[\"write\"],[\"" + tooMuch + "\"]]]");
    memory.runTasks();
    assertThat(heard.next())
        .asInstanceOf(throwable(IOException.class))
        .hasMessageContaining("more chunks that nobody reads than may wait");
    assertThat(memory.session.isOpen()).isTrue();
  }

  @Test
  void oneThatNobodySubscribesToIsReleasedByTheGarbageCollector() {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      forget(session.of(Api.class));
      drain(1);
      write("{\"id\":1}");
      for (int i = 0; i < 1000 && !server.hasMessage(); i++) {
        System.gc();
      }
      assertThat(server.message()).contains("[\"reject\",2,", "the reader closed the stream");
    }
  }

  private static void forget(Api api) {
    assertThat(api.items()).isNotNull();
  }

  @Test
  void oneThatIsReadIsNotReleasedThoughThePublisherIsForgotten() throws Exception {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      Heard<Item> heard = Heard.of(session.of(Api.class).items()).asks(2);
      drain(1);
      for (int i = 0; i < 20; i++) {
        System.gc();
      }
      write("{\"id\":1}");
      assertThat(heard.next()).isEqualTo(new Item(1));
    }
  }

  @Test
  void theBindingProxyCarriesNone() {
    server.isProxy("Binding-Proxy-Outcome", "target-answered");
    try (RpcSession session = Rpc.session(server.service())) {
      assertThatIllegalStateException()
          .isThrownBy(() -> session.of(Api.class).items())
          .withMessageContaining("items(…), which takes or returns a stream")
          .withMessageContaining("not possible in a session through the binding proxy");
      assertThat(server.hasMessage()).isFalse();
    }
  }

  private void answersWithStream(String value) {
    server.answers(
        (socket, message) -> {
          if (message.startsWith("[\"stream\",[\"pipeline\",0,")) {
            socket.send("[\"pipe\"]");
            socket.send("[\"resolve\",1," + value + "]");
          }
        });
  }

  private void write(String... chunks) {
    for (String chunk : chunks) {
      server.send("[\"stream\",[\"pipeline\",1,[\"write\"],[" + chunk + "]]]");
    }
  }

  private void drain(int messages) {
    for (int i = 0; i < messages; i++) {
      assertThat(server.message()).isNotEmpty();
    }
  }
}
