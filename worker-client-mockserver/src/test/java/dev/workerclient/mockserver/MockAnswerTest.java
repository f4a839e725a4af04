package dev.workerclient.mockserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.RouteKind;
import dev.workerclient.StreamingResponse;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerTimeoutException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class MockAnswerTest {
  private static final MockAnswer TEN = MockAnswer.text("0123456789");

  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @ParameterizedTest
  @EnumSource
  void comesLate(RouteKind kind) {
    Duration delay = Duration.ofMillis(150);
    route(kind).answers(TEN.withDelay(delay));
    WorkerResponse response = workers.client().service("APIMOM").get("/").execute();
    assertThat(response.string()).isEqualTo("0123456789");
    assertThat(response.attempts().get(0).elapsed()).isGreaterThanOrEqualTo(delay);
  }

  @Test
  void comesInPiecesThatTheClientSeesOneByOne() throws IOException {
    route(RouteKind.CUSTOM_DOMAIN).answers(TEN.withPieces(4, Duration.ofMillis(100)));
    try (StreamingResponse response = streamed(workers.client())) {
      InputStream in = response.stream();
      byte[] buffer = new byte[100];
      assertThat(in.read(buffer)).isEqualTo(4);
      assertThat(in.read(buffer)).isEqualTo(4);
      assertThat(in.read(buffer)).isEqualTo(2);
      assertThat(in.read(buffer)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void breaksOffAfterTheBytesGiven(RouteKind kind) throws IOException {
    route(kind).answers(TEN.brokenOffAfter(3));
    try (StreamingResponse response = streamed(workers.client())) {
      InputStream in = response.stream();
      assertThat(in.readNBytes(3)).containsExactly('0', '1', '2');
      assertThatThrownBy(in::read)
          .isInstanceOf(IOException.class)
          .hasCauseInstanceOf(WorkerConnectionException.class);
    }
  }

  @Test
  void breaksOffAfterItsHeadersAlone() {
    route(RouteKind.CUSTOM_DOMAIN).answers(TEN.brokenOffAfter(0));
    assertThatExceptionOfType(WorkerConnectionException.class)
        .isThrownBy(() -> workers.client().service("APIMOM").post("/").execute());
  }

  @Test
  void stallsAfterTheBytesGiven() throws IOException {
    route(RouteKind.CUSTOM_DOMAIN).answers(TEN.stalledAfter(3));
    WorkerClient.Builder impatient = workers.builder().readIdleTimeout(Duration.ofMillis(200));
    try (WorkerClient client = impatient.build();
        StreamingResponse response = streamed(client)) {
      InputStream in = response.stream();
      assertThat(in.readNBytes(3)).hasSize(3);
      assertThatThrownBy(in::read).hasCauseInstanceOf(WorkerTimeoutException.class);
    }
  }

  @Test
  void keepsItsPaceAndDelayWhateverElseIsChanged() {
    MockAnswer answer =
        TEN.withDelay(Duration.ofMillis(80))
            .brokenOffAfter(3)
            .withStatus(500)
            .withHeader("X-Own", "1")
            .withBody(new byte[20]);
    assertThat(answer.reply().delay()).isEqualTo(Duration.ofMillis(80));
    assertThat(answer.reply().pace().most()).isEqualTo(3);
    assertThat(answer.reply().status()).isEqualTo(500);
    assertThat(answer.reply().body().size()).isEqualTo(20);
  }

  @Test
  void mayDependOnTheRequest() {
    route(RouteKind.CUSTOM_DOMAIN)
        .answers(request -> MockAnswer.text(request.method() + " " + request.string()));
    assertThat(
            workers.client().service("APIMOM").put("/").body("x", "text/plain").execute().string())
        .isEqualTo("PUT x");
  }

  @Test
  void refusesWhatCannotBeSent() {
    assertThatIllegalArgumentException().isThrownBy(() -> TEN.brokenOffAfter(10));
    assertThatIllegalArgumentException().isThrownBy(() -> TEN.stalledAfter(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TEN.brokenOffAfter(5).withBody(new byte[5]));
    assertThatIllegalArgumentException().isThrownBy(() -> TEN.withPieces(0, Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> TEN.withDelay(Duration.ofMillis(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> TEN.withStatus(199));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TEN.withHeader("Content-Length", "3"))
        .withMessageContaining("leave it out");
  }

  private static MockRoute route(RouteKind kind) {
    MockService service = workers.service("APIMOM");
    return kind == RouteKind.BINDING_PROXY ? service.binding() : service.customDomain();
  }

  private static StreamingResponse streamed(WorkerClient client) {
    return client.service("APIMOM").post("/").executeStreaming();
  }
}
