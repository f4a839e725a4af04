package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.workerclient.error.WorkerTimeoutException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.WebSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams both ways, which go no faster than they are read. */
@Timeout(60)
class SessionStreamsTest {
  @RegisterExtension final SessionServer server = new SessionServer();

  interface Api {
    InputStream textStream(int chunks);

    Answer answer();

    CompletableFuture<InputStream> later();

    void noop();

    int length(InputStream bytes);

    void lists(InputStream bytes, Map<String, String> options);

    void give(OutputStream out);

    OutputStream sink();

    void request(RpcRequest request);

    void response(RpcResponse response);

    void blob(RpcBlob blob);
  }

  interface Unread {
    String textStream(int chunks);
  }

  record Answer(int status, List<List<String>> headers, InputStream body) {}

  @Test
  void aReadableStreamIsReadAsItComesAndAcknowledgedAsItIsRead() throws IOException {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      InputStream in = session.of(Api.class).textStream(2);
      drain(1); // The call.
      WebSocket worker = server.socket();
      worker.send("[\"stream\",[\"pipeline\",1,[\"write\"],[\"chunk-0\"]]]");
      worker.send("[\"stream\",[\"pipeline\",1,[\"write\"],[[\"bytes\",\"AQ\"]]]]");
      assertThat(new String(in.readNBytes(7), StandardCharsets.UTF_8)).isEqualTo("chunk-0");
      assertThat(server.message()).isEqualTo("[\"resolve\",2,[\"undefined\"]]");
      assertThat(server.hasMessage()).isFalse();
      assertThat(in.read()).isEqualTo(1);
      assertThat(server.message()).isEqualTo("[\"resolve\",3,[\"undefined\"]]");
      worker.send("[\"stream\",[\"pipeline\",1,[\"close\"],[]]]");
      worker.send("[\"release\",1,1]");
      assertThat(in.read()).isEqualTo(-1);
      assertThat(server.message()).isEqualTo("[\"resolve\",4,[\"undefined\"]]");
      while (session.held() > 0) { // The test has its own timeout.
        Thread.onSpinWait();
      }
    }
  }

  /** The Worker's clock must have moved on, or capnweb takes its window to be NaN and stalls. */
  @Test
  void aChunkIsNotAcknowledgedInTheMillisecondInWhichItCame() throws IOException {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      InputStream in = session.of(Api.class).textStream(2);
      drain(1);
      WebSocket worker = server.socket();
      for (int i = 0; i < 20; i++) {
        long sent = System.nanoTime();
        worker.send("[\"stream\",[\"pipeline\",1,[\"write\"],[\"x\"]]]");
        assertThat(in.read()).isEqualTo('x');
        assertThat(server.message()).contains("resolve");
        assertThat(System.nanoTime() - sent).isGreaterThan(1_000_000);
      }
    }
  }

  @Test
  void manySmallChunksWaitForAReader() throws IOException {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      InputStream in = session.of(Api.class).textStream(2);
      WebSocket worker = server.socket();
      for (int i = 0; i < 30_000; i++) {
        worker.send("[\"stream\",[\"pipeline\",1,[\"write\"],[\"x\"]]]");
      }
      worker.send("[\"stream\",[\"pipeline\",1,[\"close\"],[]]]");
      while (session.held() < 30_002) { // The test has its own timeout.
        Thread.onSpinWait();
      }
      assertThat(in.readAllBytes()).hasSize(30_000);
      assertThat(session.isOpen()).isTrue();
    }
  }

  @Test
  void theUnreadChunksOfAllStreamsAreBounded() throws Exception {
    MemorySession memory = new MemorySession(Duration.ofSeconds(5));
    Api api = memory.of(Api.class);
    CompletableFuture<InputStream> first = api.later();
    CompletableFuture<InputStream> second = api.later();
    for (int id = 1; id <= 2; id++) {
      memory.session.received("[\"pipe\"]");
      memory.session.received("[\"resolve\"," + id + ",[\"readable\"," + id + "]]");
    }
    memory.runTasks();
    String half = "x".repeat(MemorySession.MOST_UNREAD / 2);
    for (int id = 1; id <= 2; id++) {
      memory.session.received(
          "[\"stream\",[\"pipeline\"," + id + ",[\"write\"],[\"" + half + "\"]]]");
    }
    assertThat(first.get().readNBytes(half.length())).hasSize(half.length());
    assertThatIOException()
        .isThrownBy(() -> second.get().read())
        .withMessageContaining("more chunks that nobody reads than may wait");
    assertThat(memory.session.isOpen()).isTrue();
  }

  @Test
  void aStreamThatEndsWithoutACloseFails() {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      InputStream in = session.of(Api.class).textStream(2);
      server.socket().send("[\"release\",1,1]");
      assertThatIOException().isThrownBy(in::read).withMessageContaining("without closing it");
    }
  }

  @Test
  void aStreamIsThereThoughTheWorkerLetsGoOfItBeforeItsValueIsRead() throws Exception {
    answersWithStream("[\"readable\",1]");
    BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    try (RpcSession session = RpcSession.builder(server.service()).executor(tasks::add).open()) {
      CompletableFuture<InputStream> later = session.of(Api.class).later();
      Runnable read = tasks.take();
      WebSocket worker = server.socket();
      worker.send("[\"push\",[\"pipeline\",1,[\"write\"],[\"first\"]]]");
      worker.send("[\"release\",1,1]");
      worker.send("[\"release\",2,1]");
      while (session.held() > 0) { // The test has its own timeout.
        Thread.onSpinWait();
      }
      read.run();
      InputStream in = later.get();
      assertThat(in.readNBytes(5)).asString().isEqualTo("first");
      assertThatIOException().isThrownBy(in::read).withMessageContaining("without closing it");
    }
  }

  @Test
  void aStreamFailsWithItsSessionThoughItsValueIsReadAfterwards() throws Exception {
    answersWithStream("[\"readable\",1]");
    BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    RpcSession session = RpcSession.builder(server.service()).executor(tasks::add).open();
    CompletableFuture<InputStream> later = session.of(Api.class).later();
    Runnable read = tasks.take();
    session.close();
    read.run();
    assertThatIOException().isThrownBy(later.get()::read);
  }

  @Test
  void aStreamFailsWithItsSession() {
    answersWithStream("[\"readable\",1]");
    RpcSession session = Rpc.session(server.service());
    InputStream in = session.of(Api.class).textStream(2);
    session.close();
    assertThatIOException().isThrownBy(in::read);
  }

  @Test
  void aStreamThatBringsNothingFailsInTime() {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session =
        RpcSession.builder(server.service()).callTimeout(Duration.ofMillis(300)).open()) {
      InputStream in = session.of(Api.class).textStream(2);
      assertThatIOException().isThrownBy(in::read).withMessageContaining("nothing for 300 ms");
    }
  }

  @Test
  void aClosedStreamRefusesWhatComesAfter() throws IOException {
    answersWithStream("[\"readable\",1]");
    try (RpcSession session = Rpc.session(server.service())) {
      session.of(Api.class).textStream(2).close();
      drain(1);
      server.socket().send("[\"stream\",[\"pipeline\",1,[\"write\"],[\"chunk-0\"]]]");
      assertThat(server.message()).contains("[\"reject\",2,", "the reader closed the stream");
    }
  }

  @Test
  void aStreamThatNobodyTakesIsClosed() {
    answersWithStream("{\"unknown\":[\"readable\",1]}");
    try (RpcSession session = Rpc.session(server.service())) {
      session.of(Api.class).noop();
      drain(1);
      server.socket().send("[\"stream\",[\"pipeline\",1,[\"write\"],[\"chunk-0\"]]]");
      assertThat(server.message()).contains("[\"reject\",2,");
    }
  }

  @Test
  void aResponseIsItsStatusHeadersAndBody() throws IOException {
    answersWithStream(
        "[\"response\",[\"readable\",1],{\"status\":201,\"headers\":[[\"x-a\",\"1\"]]}]");
    try (RpcSession session = Rpc.session(server.service())) {
      Answer answer = session.of(Api.class).answer();
      WebSocket worker = server.socket();
      worker.send("[\"stream\",[\"pipeline\",1,[\"write\"],[\"body\"]]]");
      worker.send("[\"stream\",[\"pipeline\",1,[\"close\"],[]]]");
      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.headers()).containsExactly(List.of("x-a", "1"));
      assertThat(answer.body().readAllBytes()).asString().isEqualTo("body");
    }
  }

  @Test
  void anInputStreamIsSentThroughAPipe() {
    server.answers(
        (socket, message) -> {
          if (message.contains("length")) {
            socket.send("[\"resolve\",2,3]");
          }
        });
    try (RpcSession session = Rpc.session(server.service())) {
      InputStream in = new ByteArrayInputStream(new byte[] {1, 2, 3});
      assertThat(session.of(Api.class).length(in)).isEqualTo(3);
      List<String> sent =
          List.of(
              server.message(),
              server.message(),
              server.message(),
              server.message(),
              server.message());
      assertThat(sent)
          .containsExactly(
              "[\"pipe\"]",
              "[\"stream\",[\"pipeline\",0,[\"length\"],[[\"readable\",1]]]]",
              "[\"stream\",[\"pipeline\",1,[\"write\"],[[\"bytes\",\"AQID\"]]]]",
              "[\"stream\",[\"pipeline\",1,[\"close\"],[]]]",
              "[\"release\",1,1]");
    }
  }

  @Test
  void anInputStreamGoesNoFurtherThanAWindowAhead() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (RpcSession session =
        RpcSession.builder(server.service()).callTimeout(Duration.ofMillis(500)).open()) {
      InputStream endless =
          new InputStream() {
            @Override
            public int read() {
              return 7;
            }

            @Override
            public void close() {
              closed.countDown();
            }
          };
      try {
        int unused = session.of(Api.class).length(endless);
      } catch (WorkerTimeoutException e) {
        // Nobody answers.
      }
      int writes = 0;
      while (server.hasMessage()) {
        writes += server.message().contains("write") ? 1 : 0;
      }
      assertThat(writes).isEqualTo(4);
    }
    assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aPipeOfACallThatIsRefusedIsReleased() {
    try (RpcSession session = Rpc.session(server.service())) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  session
                      .of(Api.class)
                      .lists(InputStream.nullInputStream(), Map.of("constructor", "x")));
      assertThat(server.message()).isEqualTo("[\"pipe\"]");
      assertThat(server.message()).isEqualTo("[\"release\",1,1]");
    }
  }

  @Test
  void anOutputStreamIsWrittenInOrderOneChunkAtATime() throws Exception {
    BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RpcSession session = RpcSession.builder(server.service()).executor(tasks::add).open()) {
      CompletableFuture<Void> call =
          CompletableFuture.runAsync(() -> session.of(Api.class).give(out));
      assertThat(server.message()).contains("[\"writable\",-1]");
      WebSocket worker = server.socket();
      worker.send("[\"stream\",[\"pipeline\",-1,[\"write\"],[\"one \"]]]");
      Runnable writes = tasks.take();
      worker.send("[\"stream\",[\"pipeline\",-1,[\"write\"],[[\"bytes\",\"dHdv\"]]]]");
      worker.send("[\"stream\",[\"pipeline\",-1,[\"close\"],[]]]");
      worker.send("[\"stream\",[\"pipeline\",-1,[\"write\"],[\"late\"]]]");
      tasks.take().run(); // The refusal of what comes after the close.
      assertThat(server.message())
          .isEqualTo("[\"reject\",4,[\"error\",\"Error\",\"the stream was closed\"]]");
      assertThat(tasks).isEmpty();
      writes.run();
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one two");
      for (int id = 1; id <= 3; id++) {
        tasks.take().run();
      }
      assertThat(List.of(server.message(), server.message(), server.message()))
          .containsExactlyInAnyOrder(
              "[\"resolve\",1,[\"undefined\"]]",
              "[\"resolve\",2,[\"undefined\"]]",
              "[\"resolve\",3,[\"undefined\"]]");
      worker.send("[\"resolve\",1,null]");
      call.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aWritableStreamIsClosedWithWhatIsLeftAndReleased() throws Exception {
    server.answers(
        (socket, message) -> {
          if (message.contains("sink")) {
            socket.send("[\"resolve\",1,[\"writable\",-4]]");
          } else if (message.contains("close")) {
            socket.send("[\"resolve\",2,[\"undefined\"]]");
            socket.send("[\"resolve\",3,[\"undefined\"]]");
          }
        });
    try (RpcSession session = Rpc.session(server.service())) {
      OutputStream out = session.of(Api.class).sink();
      drain(1);
      out.write(1);
      out.write(new byte[] {2, 3});
      assertThat(server.hasMessage()).isFalse();
      out.close();
      assertThat(server.message())
          .isEqualTo("[\"stream\",[\"pipeline\",-4,[\"write\"],[[\"bytes\",\"AQID\"]]]]");
      assertThat(server.message()).isEqualTo("[\"stream\",[\"pipeline\",-4,[\"close\"],[]]]");
      assertThat(server.message()).isEqualTo("[\"release\",-4,1]");
      out.close();
      assertThatIOException().isThrownBy(out::flush).withMessage("the stream is closed");
    }
  }

  @Test
  void aWriterDoesNotWaitForeverForAWorkerThatTakesNothing() {
    answersWithStream("[\"writable\",-4]");
    try (RpcSession session =
        RpcSession.builder(server.service()).callTimeout(Duration.ofMillis(300)).open()) {
      OutputStream out = session.of(Api.class).sink();
      assertThatIOException()
          .isThrownBy(() -> out.write(new byte[1 << 20]))
          .withMessage("the Worker took nothing for 300 ms");
      assertThatIOException().isThrownBy(out::close);
    }
  }

  @Test
  void aWriterFailsWithItsSession() {
    answersWithStream("[\"writable\",-4]");
    RpcSession session = Rpc.session(server.service());
    OutputStream out = session.of(Api.class).sink();
    session.close();
    assertThatIOException()
        .isThrownBy(
            () -> {
              out.write(1);
              out.close();
            })
        .withMessageContaining("the session was closed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TRACE | http://a.test/ | x | the method of an RpcRequest is not one of",
        "GET   | /relative      | x | the url of an RpcRequest is not absolute",
        "GET   | ws://a.test    | x | the url of an RpcRequest is not absolute",
        "GET   | http://u:p@a.test | x | holds credentials",
        "GET   | http://a.test/ | 'a b' | the header a b of an RpcRequest has a name or value",
      })
  void aRequestThatNoWorkerTakesIsRefused(String method, String url, String name, String saying) {
    RpcRequest request = new RpcRequest(method, url, Map.of(name, List.of("v")), null);
    try (RpcSession session = Rpc.session(server.service())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> session.of(Api.class).request(request))
          .withMessageContaining(saying);
      assertThat(server.hasMessage()).isFalse();
    }
  }

  @Test
  void whatEndsASessionIsRefusedBeforeItIsSent() {
    try (RpcSession session = Rpc.session(server.service())) {
      Api api = session.of(Api.class);
      InputStream none = InputStream.nullInputStream();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api.request(new RpcRequest("GET", "http://a.test", Map.of(), none)))
          .withMessage("an RpcRequest of method GET has a body; give null");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api.response(new RpcResponse(204, "", Map.of(), none)))
          .withMessage("an RpcResponse of status 204 has a body; give null");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api.response(new RpcResponse(101, "", Map.of(), null)))
          .withMessage("the status of an RpcResponse is 101; give one from 200 to 599");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api.response(new RpcResponse(200, "a\nb", Map.of(), null)))
          .withMessageContaining("statusText");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  api.response(
                      new RpcResponse(200, "", Map.of("x-token", List.of("secret\n")), null)))
          .withMessageContaining("x-token")
          .withMessageNotContaining("secret");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> api.blob(new RpcBlob("text/plain\n", none)))
          .withMessageContaining("the type of an RpcBlob");
      assertThat(server.hasMessage()).isFalse();
    }
  }

  @Test
  void aBatchTakesNoStream() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rpc.of(server.service(), Api.class))
        .withMessageContaining("Rpc.session(…)");
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

  private void drain(int messages) {
    for (int i = 0; i < messages; i++) {
      assertThat(server.message()).isNotEmpty();
    }
  }
}
