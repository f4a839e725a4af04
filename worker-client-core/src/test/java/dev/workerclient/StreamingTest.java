package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.bindingMissing;
import static dev.workerclient.TestRoute.plain;
import static dev.workerclient.TestRoute.stalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerTimeoutException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies, buffered and streamed: bounded, whole or failed, and never a leak. */
@Timeout(60)
class StreamingTest {
  @RegisterExtension final TestFleet fleet = new TestFleet();

  @Test
  void aStreamedBodyOutlivesTheCallsDeadline() throws IOException {
    fleet
        .proxy()
        .answers(
            answered(200, "x".repeat(40))
                .newBuilder()
                .throttleBody(10, 100, TimeUnit.MILLISECONDS)
                .build());

    try (StreamingResponse response =
        fleet.service().get("/export").timeout(Duration.ofMillis(200)).executeStreaming()) {
      assertThat(response.route()).isEqualTo("binding-proxy");
      assertThat(response.stream().readAllBytes()).hasSize(40);
    }
  }

  @Test
  void aStreamThatStopsSendingEndsWithTheIdleTimer() {
    fleet.proxy().answers(stalled(answered(200, "x".repeat(100_000))));
    WorkerService service = fleet.service(fleet.builder().readIdleTimeout(Duration.ofMillis(200)));

    try (StreamingResponse response = service.get("/export").executeStreaming()) {
      IOException broken =
          catchThrowableOfType(IOException.class, () -> response.stream().readAllBytes());

      WorkerTimeoutException failure =
          (WorkerTimeoutException) Objects.requireNonNull(broken.getCause());
      assertThat(failure.phase()).isEqualTo(WorkerTimeoutException.Phase.READ_IDLE);
      assertThat(failure.delivery()).isEqualTo(Delivery.DELIVERED);
    }
  }

  @Test
  void whatHasArrivedIsReadWithoutAWaitForMore() throws IOException {
    fleet.proxy().answers(stalled(answered(200, "x".repeat(100_000))));
    WorkerService service = fleet.service(fleet.builder().readIdleTimeout(Duration.ofSeconds(5)));

    try (StreamingResponse response = service.get("/export").executeStreaming()) {
      assertThat(response.stream().readNBytes(50_000)).hasSize(50_000);
    }
  }

  @Test
  void aStreamThatBreaksNeverEndsAsIfItWereWhole() {
    fleet
        .proxy()
        .answers(
            answered(200, "x".repeat(100_000))
                .newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());

    try (StreamingResponse response = fleet.service().get("/export").executeStreaming()) {
      IOException broken =
          catchThrowableOfType(IOException.class, () -> response.stream().readAllBytes());

      assertThat(broken.getCause()).isInstanceOf(WorkerConnectionException.class);
    }
  }

  @Test
  void aBufferedBodyThatBreaksIsAFailureAndAGetGoesOn() {
    fleet
        .proxy()
        .answers(
            answered(200, "x".repeat(100_000))
                .newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());
    fleet.domain().answers(plain(200, "whole"));

    assertThat(fleet.service().get("/export").execute().string()).isEqualTo("whole");
    Throwable post = catchThrowable(() -> fleet.service().post("/export").execute());
    assertThat(post).isInstanceOf(WorkerConnectionException.class);
    assertThat(((WorkerConnectionException) post).delivery()).isEqualTo(Delivery.DELIVERED);
  }

  @Test
  void aStreamingCallFallsBackBeforeItsHeadersAreThere() throws IOException {
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "streamed"));

    try (StreamingResponse response = fleet.service().post("/export").executeStreaming()) {
      assertThat(response.attempts()).hasSize(2);
      assertThat(
              new String(response.stream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("streamed");
    }
  }

  @Test
  void aBodyOverTheLimitIsRefusedByItsLengthOrWhileItIsRead() {
    WorkerService service = fleet.service(fleet.builder().maxResponseBytes(1000));
    fleet.proxy().answers(answered(200, "x".repeat(1001)));
    Throwable declared = catchThrowable(() -> service.get("/").execute());
    fleet
        .proxy()
        .answers(answered(200, "").newBuilder().chunkedBody("x".repeat(1001), 100).build());
    Throwable chunked = catchThrowable(() -> service.get("/").execute());
    fleet.proxy().answers(answered(200, "x".repeat(1000)));

    assertThat(declared).isInstanceOf(WorkerDecodingException.class);
    assertThat(chunked)
        .isInstanceOf(WorkerDecodingException.class)
        .hasMessageContaining("more than 1000 bytes")
        .hasMessageContaining("executeStreaming()");
    assertThat(service.get("/").execute().bytes()).hasSize(1000);
    assertThat(fleet.domain().requests()).isEmpty();
  }

  @Test
  void aGzipBombIsRefusedWithinTheLimit() throws IOException {
    fleet.proxy().answers(gzipped(200, 64L << 20));

    assertThat(catchThrowable(() -> fleet.service().get("/").execute()))
        .isInstanceOf(WorkerDecodingException.class);
  }

  @Test
  void gzipIsUndoneForTheUser() throws IOException {
    fleet.proxy().answers(gzipped(200, 3));

    assertThat(fleet.service().get("/").execute().bytes()).containsExactly(0, 0, 0);
  }

  private static MockResponse gzipped(int status, long zeros) throws IOException {
    Buffer zipped = new Buffer();
    try (BufferedSink sink = Okio.buffer(new GzipSink(zipped))) {
      byte[] block = new byte[8192];
      for (long left = zeros; left > 0; left -= block.length) {
        sink.write(block, 0, (int) Math.min(left, block.length));
      }
    }
    return answered(status, "")
        .newBuilder()
        .body(zipped)
        .setHeader("Content-Encoding", "gzip")
        .build();
  }

  @Test
  void aReaderIsFreedByACloseFromAnotherThread() throws Exception {
    fleet.proxy().answers(stalled(answered(200, "x".repeat(100_000))));
    WorkerService service = fleet.service();
    for (int i = 0; i < 20; i++) {
      StreamingResponse response = service.get("/export").executeStreaming();
      CompletableFuture<Throwable> reader =
          CompletableFuture.supplyAsync(
              () -> catchThrowable(() -> response.stream().readAllBytes()));

      response.close();

      assertThat(reader.get(5, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void everyConnectionIsGivenBack() {
    ConnectionPool pool = new ConnectionPool();
    OkHttpClient shared = new OkHttpClient.Builder().connectionPool(pool).build();
    WorkerService service = fleet.service(fleet.builder().okHttpClient(shared));
    fleet.proxy().answers(bindingMissing());
    fleet.domain().answers(plain(200, "x".repeat(100_000)));
    for (int i = 0; i < 20; i++) {
      service.get("/").execute();
      service.get("/").executeStreaming().close();
    }

    assertThat(pool.connectionCount()).isEqualTo(pool.idleConnectionCount());
    assertThat(pool.connectionCount()).isLessThanOrEqualTo(5);
    assertThat(fleet.proxy().requests().get(39).getConnectionIndex()).isZero();
  }

  @Test
  void aCallThatFailsAfterTheClientWasClosedLeavesNoConnection() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (RawServer server = new RawServer()) {
      server.replies(
          out -> {
            arrived.countDown();
            closed.await();
            out.write(
                "HTTP/1.1 404 Not Found\r\nContent-Length: 16\r\n\r\nerror code: 1042"
                    .getBytes(StandardCharsets.US_ASCII));
          });
      WorkerClient client =
          WorkerClient.builder().bindingProxy(server.url()).service("ORDERS").build();
      CompletableFuture<Throwable> call =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowable(
                      () ->
                          client
                              .service("ORDERS")
                              .get("/export")
                              .retry(RetryOptions.disabled())
                              .executeStreaming()));
      arrived.await();
      client.close();
      closed.countDown();

      assertThat(call.get()).isInstanceOf(WorkerException.class);
      server.awaitNoConnections();
    }
  }
}
