package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.workerclient.error.WorkerTimeoutException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.WebSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

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
      drain(3); // The push, the pull and the release of the call.
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
      drain(3);
      WebSocket worker = server.socket();
      worker.send("[\"push\",[\"pipeline\",1,[\"write\"],[\"first\"]]]");
      worker.send("[\"release\",1,1]");
      worker.send("[\"release\",2,1]");
      while (session.held() > 0) { // The test has its own timeout.
        Thread.onSpinWait();
      }
      tasks.take().run();
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
    drain(3);
    session.close();
    tasks.take().run();
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
      drain(3);
      server.socket().send("[\"stream\",[\"pipeline\",1,[\"write\"],[\"chunk-0\"]]]");
      assertThat(server.message()).contains("[\"reject\",2,", "the reader closed the stream");
    }
  }

  @Test
  void aStreamThatNobodyTakesIsClosed() {
    answersWithStream("{\"unknown\":[\"readable\",1]}");
    try (RpcSession session = Rpc.session(server.service())) {
      session.of(Api.class).noop();
      drain(3);
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
          if (message.equals("[\"pull\",2]")) {
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
              server.message(),
              server.message(),
              server.message());
      assertThat(sent.subList(0, 3))
          .containsExactly(
              "[\"pipe\"]",
              "[\"push\",[\"pipeline\",0,[\"length\"],[[\"readable\",1]]]]",
              "[\"pull\",2]");
      assertThat(sent)
          .containsSubsequence(
              "[\"stream\",[\"pipeline\",1,[\"write\"],[[\"bytes\",\"AQID\"]]]]",
              "[\"stream\",[\"pipeline\",1,[\"close\"],[]]]",
              "[\"release\",1,1]")
          .contains("[\"release\",2,1]");
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
  void aBatchTakesNoStream() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rpc.of(server.service(), Api.class))
        .withMessageContaining("Rpc.session(…)");
  }

  private void answersWithStream(String value) {
    server.answers(
        (socket, message) -> {
          if (message.equals("[\"pull\",1]")) {
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
