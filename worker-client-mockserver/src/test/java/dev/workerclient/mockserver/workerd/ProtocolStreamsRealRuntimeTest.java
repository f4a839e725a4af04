package dev.workerclient.mockserver.workerd;

import static dev.workerclient.mockserver.workerd.ProtocolRealRuntimeTest.OLDEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.rpc.Rpc;
import dev.workerclient.rpc.RpcBlob;
import dev.workerclient.rpc.RpcRequest;
import dev.workerclient.rpc.RpcResponse;
import dev.workerclient.rpc.RpcSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams, Blobs, Requests and Responses, both ways, with the official library. */
@Tag("workerd")
@Timeout(120)
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("dev.workerclient.mockserver.workerd.ProtocolRealRuntimeTest#ends")
class ProtocolStreamsRealRuntimeTest {
  private static final int MANY = 5_000_000;

  private final String at;
  private final WorkerClient client;
  private final RpcSession session;
  private final Api api;

  ProtocolStreamsRealRuntimeTest(Installed runtime, String at) {
    this.at = at;
    this.client = RpcFleet.on(runtime).direct(at).build();
    this.session = Rpc.session(client.service("API"));
    this.api = session.of(Api.class);
  }

  @AfterEach
  void close() {
    assertThat(session.isOpen()).isTrue();
    session.close();
    client.close();
  }

  interface Api {
    InputStream numbers(int count);

    Labelled labelled();

    InputStream objects();

    InputStream breaks();

    OutputStream sink();

    OutputStream sink(int refuseAt);

    OutputStream slowSink();

    void openSink();

    int taken();

    String ended();

    String text(InputStream in);

    int firstOf(InputStream in);

    String readFailing(InputStream in);

    int greet(OutputStream out, List<String> names);

    int writeAll(OutputStream out, int chunks, int size);

    CompletableFuture<String> tryWriting(OutputStream out, int chunks, int size);

    String writeObject(OutputStream out);

    void abortIt(OutputStream out);

    void leaveOpen(OutputStream out);

    String upper(InputStream in, OutputStream out);

    String copyInto(Pair pair);

    List<@Nullable String> seeRequest(RpcRequest request);

    List<@Nullable Object> seeResponse(RpcResponse response);

    RpcRequest aRequest();

    RpcResponse aResponse(boolean withBody);

    List<List<String>> headers();

    List<Object> seeBlob(RpcBlob blob);

    String twoBlobs(RpcBlob one, RpcBlob other);

    Blobs blobs();
  }

  record Labelled(String label, InputStream stream) {}

  record Pair(String name, OutputStream out) {}

  record Blobs(String name, List<RpcBlob> blobs) {}

  /** Counts the bytes that it got, and says when it was closed. */
  private static class Counting extends OutputStream {
    final AtomicLong bytes = new AtomicLong();
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void write(int value) {
      bytes.incrementAndGet();
    }

    @Override
    public void write(byte[] from, int start, int length) throws IOException {
      bytes.addAndGet(length);
    }

    @Override
    public void close() {
      closed.countDown();
    }

    void requireClosed() throws InterruptedException {
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aReadableStreamIsReadInOrder() throws IOException {
    String all = IntStream.range(0, 10_000).mapToObj(i -> i + ",").collect(Collectors.joining());
    try (InputStream in = api.numbers(10_000)) {
      assertThat(in.readAllBytes()).asString().isEqualTo(all);
    }
    Labelled labelled = api.labelled();
    try (InputStream in = labelled.stream()) {
      assertThat(labelled.label() + in.read()).isEqualTo("stream" + (int) '0');
    }
  }

  @Test
  void aReadableStreamThatBreaksOrIsNotOfBytesThrows() throws IOException {
    try (InputStream in = api.breaks()) {
      assertThat(in.readNBytes(2)).asString().isEqualTo("ok");
      assertThatIOException().isThrownBy(in::read);
    }
    try (InputStream in = api.objects()) {
      assertThatIOException().isThrownBy(in::read).withMessageContaining("neither bytes nor text");
    }
  }

  @Test
  void aStreamIsNoTextAndNoObject() {
    interface Wrong {
      String sink();
    }
    WorkerDecodingException e =
        catchThrowableOfType(WorkerDecodingException.class, () -> session.of(Wrong.class).sink());
    assertThat(e).hasMessageContaining("is not a java.lang.String");
  }

  @Test
  void anInputStreamIsReadAtTheWorker() {
    assertThat(api.text(text("all of it"))).isEqualTo("all of it");
    assertThat(api.text(text(""))).isEmpty();
    assertThat(api.firstOf(new ByteArrayInputStream(new byte[MANY]))).isPositive();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the secret path");
          }

          @Override
          public int read(byte[] to, int start, int length) throws IOException {
            return read();
          }
        };
    assertThat(api.readFailing(broken)).isEqualTo("failed: the client could not read the stream");
  }

  @Test
  void aWritableStreamTakesWhatIsWrittenUntilItIsClosed() throws IOException {
    try (OutputStream out = api.sink()) {
      out.write(1);
      out.flush();
      out.write(new byte[MANY]);
    }
    assertThat(api.taken()).isEqualTo(MANY + 1);
    assertThat(api.ended()).isEqualTo("closed");
  }

  @Test
  void aWritableStreamThatRefusesAChunkThrows() throws IOException {
    OutputStream out = api.sink(3);
    assertThatIOException()
        .isThrownBy(
            () -> {
              try (out) {
                for (int i = 0; i < 1000; i++) {
                  out.write(new byte[1 << 16]);
                }
              }
            })
        .withMessageContaining("no more of it");
    assertThatIOException().isThrownBy(() -> out.write(1)).withMessage("the stream is closed");
    out.close();
  }

  @Test
  void aWriterWaitsForAWorkerThatIsSlow() throws Exception {
    AtomicLong written = new AtomicLong();
    try (OutputStream out = api.slowSink()) {
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 100; i++) {
                    out.write(new byte[1 << 16]);
                    written.incrementAndGet();
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      while (written.get() < 4) { // The test has its own timeout.
        Thread.onSpinWait();
      }
      assertThat(api.taken()).isZero();
      assertThat(written).hasValue(4); // 256 KiB.
      api.openSink();
      writer.get(30, TimeUnit.SECONDS);
    }
    assertThat(api.taken()).isEqualTo(100 << 16);
  }

  @Test
  void anOutputStreamIsWrittenByTheWorkerAndClosed() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(api.greet(out, List.of("ann", "bob"))).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("hello ann\nhello bob\n");
    Counting counting = new Counting();
    assertThat(api.writeAll(counting, 50, 100_000)).isEqualTo(MANY);
    assertThat(counting.bytes).hasValue(MANY);
    counting.requireClosed();
    ByteArrayOutputStream inside = new ByteArrayOutputStream();
    assertThat(api.copyInto(new Pair("eve", inside))).isEqualTo("copied");
    assertThat(inside.toString(StandardCharsets.UTF_8)).isEqualTo("hello eve\n");
  }

  @Test
  void theWorkerWaitsForAnOutputStreamThatIsSlow() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    Counting slow =
        new Counting() {
          @Override
          public void write(byte[] from, int start, int length) throws IOException {
            entered.countDown();
            try {
              assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            super.write(from, start, length);
          }
        };
    CompletableFuture<String> writing = api.tryWriting(slow, 100, 100_000);
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(api.taken()).isNotNegative(); // Other calls go on.
    assertThat(writing).isNotDone();
    open.countDown();
    assertThat(writing.get(30, TimeUnit.SECONDS)).isEqualTo("written: 10000000");
    assertThat(slow.bytes).hasValue(10_000_000);
  }

  @Test
  void anOutputStreamThatThrowsFailsTheWorkersWriteWithoutItsMessage() throws Exception {
    Counting broken =
        new Counting() {
          @Override
          public void write(byte[] from, int start, int length) throws IOException {
            throw new IOException("the secret path");
          }
        };
    assertThat(api.tryWriting(broken, 100, 100_000).get(30, TimeUnit.SECONDS))
        .isEqualTo("failed: the client could not write the stream");
    broken.requireClosed();
  }

  @Test
  void anOutputStreamTakesBytesAndTextAlone() throws Exception {
    Counting out = new Counting();
    assertThat(api.writeObject(out)).contains("neither bytes nor text");
    out.requireClosed();
  }

  @Test
  void anOutputStreamIsClosedHoweverTheWorkerEnds() throws Exception {
    Counting aborted = new Counting();
    api.abortIt(aborted);
    aborted.requireClosed();
    assertThat(aborted.bytes).hasValue(4);
    Counting left = new Counting();
    api.leaveOpen(left);
    left.requireClosed();
    Counting lost = new Counting();
    try (RpcSession other = Rpc.session(client.service("API"))) {
      other.of(Api.class).greet(lost, List.of());
    }
    lost.requireClosed();
  }

  @Test
  void streamsGoBothWaysInOneCall() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(api.upper(text("small"), out)).isEqualTo("done");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("SMALL");
  }

  @Test
  void requestsGoBothWays() throws IOException {
    Map<String, List<String>> headers = Map.of("x-own", List.of("java", "too"));
    assertThat(
            api.seeRequest(new RpcRequest("PUT", "http://own.test/a?b=c", headers, text("body"))))
        .containsExactly("PUT", "http://own.test/a?b=c", "java, too", "body");
    assertThat(api.seeRequest(new RpcRequest("GET", "https://own.test", Map.of(), null)))
        .containsExactly("GET", "https://own.test/", null, null);
    RpcRequest request = api.aRequest();
    assertThat(request.method() + " " + request.url()).isEqualTo("POST http://own.test/path");
    assertThat(request.headers()).containsEntry("x-own", List.of("worker"));
    try (InputStream body = request.body()) {
      assertThat(body).isNotNull();
      assertThat(body.readAllBytes()).asString().isEqualTo("asked");
    }
  }

  @Test
  void responsesGoBothWays() throws IOException {
    Map<String, List<String>> headers = Map.of("x-own", List.of("java"));
    assertThat(api.seeResponse(new RpcResponse(404, "Not Here", headers, text("body"))))
        .containsExactly(404, "Not Here", "java", "body");
    assertThat(api.seeResponse(new RpcResponse(204, "", Map.of(), null)))
        .containsExactly(204, "", null, null);
    RpcResponse response = api.aResponse(true);
    assertThat(response.status() + " " + response.statusText()).isEqualTo("201 Made");
    assertThat(response.headers()).containsEntry("x-own", List.of("worker"));
    try (InputStream body = response.body()) {
      assertThat(body).isNotNull();
      assertThat(body.readAllBytes()).asString().isEqualTo("answered");
    }
    RpcResponse empty = api.aResponse(false);
    assertThat(empty.status()).isEqualTo(204);
    assertThat(empty.body()).isNull();
    assertThat(api.headers())
        .containsExactlyInAnyOrder(
            List.of("content-type", "text/html"), List.of("x-server", "yes"));
  }

  @Test
  void blobsGoBothWays() throws IOException {
    if (at.equals(OLDEST)) { // It had no Blobs yet.
      return;
    }
    byte[] all = HexFormat.of().parseHex("00ff80fe");
    assertThat(api.seeBlob(new RpcBlob("image/png", new ByteArrayInputStream(all))))
        .isEqualTo(List.of("image/png", 4, "00ff80fe"));
    assertThat(api.seeBlob(new RpcBlob("", text("")))).isEqualTo(List.of("", 0, ""));
    assertThat(api.twoBlobs(new RpcBlob("", text("one")), new RpcBlob("", text("other"))))
        .isEqualTo("one|other");
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    for (RpcBlob blob : api.blobs().blobs()) {
      try (InputStream in = blob.content()) {
        seen.add(blob.type() + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(seen).containsExactly("text/plain first", " second");
  }
}
