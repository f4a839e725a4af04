package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.stalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerResponseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream of an answer that is not 2xx: thrown with the start of its body, and closed. */
@Timeout(60)
class StreamingOrThrowTest {
  private static final int MOST = 64 * 1024;

  private final ConnectionPool pool = new ConnectionPool();
  @RegisterExtension final TestFleet fleet = new TestFleet();

  private WorkerClient.Builder builder() {
    return fleet
        .builder()
        .okHttpClient(new OkHttpClient.Builder().connectionPool(pool).build())
        .readIdleTimeout(Duration.ofMillis(200));
  }

  private static WorkerResponseException thrown(WorkerService service) {
    StreamingResponse response = service.get("/export").executeStreaming();
    return catchThrowableOfType(WorkerResponseException.class, response::orThrow);
  }

  @Test
  void a2xxIsReturnedUnread() throws IOException {
    fleet.proxy().answers(answered(206, "part"));

    try (StreamingResponse response = fleet.service().get("/export").executeStreaming().orThrow()) {
      assertThat(response.stream().readAllBytes()).asString().isEqualTo("part");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 404, 500})
  void anyOtherStatusIsThrownWithItsBody(int status) {
    fleet.proxy().answers(answered(status, "{\"why\":\"gone\"}"));

    WorkerResponseException failure = thrown(fleet.service(builder()));

    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.headers().get("content-type")).isEqualTo(List.of("application/json"));
    assertThat(failure.bodyAs(String.class)).isEqualTo("{\"why\":\"gone\"}");
    assertThat(failure.delivery()).isEqualTo(Delivery.DELIVERED);
    assertThat(failure.attempts()).hasSize(1);
    assertThat(pool.connectionCount()).isEqualTo(pool.idleConnectionCount());
  }

  @Test
  void ofALongBodyTheStartIsKept() {
    fleet.proxy().answers(answered(500, "0123456789".repeat(100_000)));

    byte[] start = thrown(fleet.service(builder())).bytes();

    assertThat(start).hasSize(MOST).startsWith("0123456789".getBytes(StandardCharsets.US_ASCII));
    assertThat(thrown(fleet.service(builder().maxResponseBytes(1000))).bytes()).hasSize(1000);
    assertThat(pool.connectionCount()).isEqualTo(pool.idleConnectionCount());
  }

  @Test
  void ofABodyThatStallsOrBreaksWhatHasComeIsKept() {
    fleet.proxy().answers(stalled(answered(503, "x".repeat(1000))));
    WorkerResponseException stalled = thrown(fleet.service(builder()));
    fleet
        .proxy()
        .answers(
            answered(503, "x".repeat(1000))
                .newBuilder()
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());

    assertThat(stalled.status()).isEqualTo(503);
    assertThat(stalled.string()).matches("x{1,999}");
    assertThat(thrown(fleet.service(builder())).status()).isEqualTo(503);
    assertThat(pool.connectionCount()).isEqualTo(pool.idleConnectionCount());
  }

  @Test
  void aBodyThatDripsIsReadForReadIdleTimeoutInAll() {
    fleet
        .proxy()
        .answers(
            answered(500, "x".repeat(60_000))
                .newBuilder()
                .throttleBody(1, 20, TimeUnit.MILLISECONDS) // 20 minutes in all.
                .build());

    assertThat(thrown(fleet.service(builder())).string()).matches("x+");
    assertThat(pool.connectionCount()).isEqualTo(pool.idleConnectionCount());
  }

  @Test
  void aZippedBodyIsReadAsText() throws IOException {
    Buffer zipped = new Buffer();
    try (BufferedSink sink = Okio.buffer(new GzipSink(zipped))) {
      sink.writeUtf8("why".repeat(10));
    }
    fleet
        .proxy()
        .answers(
            answered(500, "")
                .newBuilder()
                .body(zipped)
                .setHeader("Content-Encoding", "gzip")
                .build());

    assertThat(thrown(fleet.service(builder())).string()).isEqualTo("why".repeat(10));
  }

  @Test
  void ofABodyThatWasBegunTheRestIsKept() throws IOException {
    fleet.proxy().answers(answered(500, "because"));
    StreamingResponse response = fleet.service(builder()).get("/").executeStreaming();

    assertThat(response.stream().readNBytes(2)).asString().isEqualTo("be");

    assertThat(catchThrowableOfType(WorkerResponseException.class, response::orThrow).string())
        .isEqualTo("cause");
  }
}
