package dev.workerclient;

import static dev.workerclient.TestRoute.answered;
import static dev.workerclient.TestRoute.stalled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.error.WorkerTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Server-sent events and lines of a streamed body: whole, or a typed failure; never a leak. */
@Timeout(60)
class EventsTest {
  private final ConnectionPool pool = new ConnectionPool();
  @RegisterExtension final TestFleet fleet = new TestFleet();

  private WorkerClient.Builder builder() {
    return fleet
        .builder()
        .okHttpClient(new OkHttpClient.Builder().connectionPool(pool).build())
        .bodyCodec(new IntegerCodec());
  }

  private StreamingResponse streaming(MockResponse answer) {
    return streaming(builder(), answer);
  }

  private StreamingResponse streaming(WorkerClient.Builder builder, MockResponse answer) {
    fleet.proxy().answers(answer);
    return fleet.service(builder).get("/events").executeStreaming();
  }

  private static MockResponse events(String body) {
    return typed("Text/Event-Stream; charset=utf-8", body);
  }

  private static MockResponse typed(String contentType, String body) {
    return answered(200, body).newBuilder().setHeader("Content-Type", contentType).build();
  }

  private void assertNothingIsOpen() {
    assertThat(pool.connectionCount()).isEqualTo(pool.idleConnectionCount());
  }

  @Test
  void eventsAreReadAndTheResponseIsClosedAtTheEnd() {
    StreamingResponse response =
        streaming(
            events(
                ": hello\nretry: 1500\n\nid: 1\nevent: added\ndata: a\ndata: b\n\n"
                    + "data:  c\n\nid\ndata\n\ndata: dropped"));

    assertThat(response.events())
        .containsExactly(
            new ServerSentEvent("1", "added", "a\nb", Duration.ofMillis(1500)),
            new ServerSentEvent("1", "message", " c", Duration.ofMillis(1500)),
            new ServerSentEvent("", "message", "", Duration.ofMillis(1500)));
    assertNothingIsOpen();
  }

  @Test
  void anEventIsGivenOutBeforeTheNextOneHasArrived() {
    try (StreamingResponse response =
        streaming(stalled(events("data: 1\n\n" + ": x\n".repeat(50_000))))) {
      assertThat(response.events().iterator().next().data()).isEqualTo("1");
    }
    assertNothingIsOpen();
  }

  @Test
  void aBodyThatBreaksIsNotAnEnd() {
    MockResponse broken =
        events("data: 1\n\n" + ": x\n".repeat(50_000))
            .newBuilder()
            .onResponseBody(new SocketEffect.CloseSocket())
            .build();
    List<ServerSentEvent> read = new ArrayList<>();

    assertThatExceptionOfType(WorkerConnectionException.class)
        .isThrownBy(() -> streaming(broken).events().forEach(read::add));

    assertThat(read).extracting(ServerSentEvent::data).containsExactly("1");
    assertNothingIsOpen();
  }

  @Test
  void silenceIsATimeout() {
    MockResponse silent = stalled(events("data: 1\n\n" + ": x\n".repeat(50_000)));
    StreamingResponse response =
        streaming(builder().readIdleTimeout(Duration.ofMillis(200)), silent);

    WorkerTimeoutException failure =
        catchThrowableOfType(
            WorkerTimeoutException.class, () -> response.events().forEach(event -> {}));

    assertThat(failure.phase()).isEqualTo(WorkerTimeoutException.Phase.READ_IDLE);
    assertNothingIsOpen();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html", "text/event-streams"})
  void anotherContentTypeIsADecodingFailure(String contentType) {
    StreamingResponse response = streaming(typed(contentType, "data: 1\n\n"));

    assertThatExceptionOfType(WorkerDecodingException.class)
        .isThrownBy(response::events)
        .withMessageContaining("the body (" + contentType + ") is not a text/event-stream");
    assertNothingIsOpen();
  }

  @Test
  void anotherStatusIsThrownWithItsBody() {
    StreamingResponse response = streaming(answered(404, "gone"));

    assertThat(catchThrowableOfType(WorkerResponseException.class, response::events).string())
        .isEqualTo("gone");
    assertThat(
            catchThrowableOfType(
                    WorkerResponseException.class,
                    () -> streaming(answered(500, "")).lines(String.class))
                .status())
        .isEqualTo(500);
    assertNothingIsOpen();
  }

  @Test
  void anAnswerWithoutContentHasNoEvents() {
    fleet.proxy().answers(answered(204, "").newBuilder().removeHeader("Content-Type").build());

    assertThat(fleet.service(builder()).get("/").executeStreaming().events()).isEmpty();
    assertNothingIsOpen();
  }

  @Test
  void aBodyThatTheClientCannotDecompressIsADecodingFailure() {
    StreamingResponse response =
        streaming(events("data: 1\n\n").newBuilder().setHeader("Content-Encoding", "br").build());

    assertThatExceptionOfType(WorkerDecodingException.class)
        .isThrownBy(response::events)
        .withMessageContaining("encoded as br");
    assertNothingIsOpen();
  }

  @Test
  void linesAndEventsAreBoundedByMaxResponseBytes() {
    WorkerClient.Builder small = builder().maxResponseBytes(100);
    StreamingResponse longLine = streaming(small, events("data: " + "x".repeat(100) + "\n\n"));
    assertThatExceptionOfType(WorkerDecodingException.class)
        .isThrownBy(() -> longLine.events().forEach(event -> {}))
        .withMessageContaining("a line of the body has more than 100 bytes");

    StreamingResponse longEvent = streaming(small, events("data: 345678\n".repeat(20) + "\n"));
    assertThatExceptionOfType(WorkerDecodingException.class)
        .isThrownBy(() -> longEvent.events().forEach(event -> {}))
        .withMessageContaining("an event of the body has more than 100 bytes");

    StreamingResponse many = streaming(small, events("data: 345678\n\n".repeat(1000)));
    assertThat(many.events()).hasSize(1000);
    StreamingResponse endless = streaming(small, typed("text/plain", "1".repeat(200_000)));
    assertThatExceptionOfType(WorkerDecodingException.class)
        .isThrownBy(() -> endless.lines(String.class).forEach(line -> {}));
    assertNothingIsOpen();
  }

  @Test
  void linesAreValuesOfTheCodec() {
    String body = "\ufeff1\n\n2\r\n \t\n3\n4";

    assertThat(streaming(answered(200, body)).lines(Integer.class)).containsExactly(1, 2, 3, 4);
    assertThat(streaming(answered(200, body)).lines(int.class)).containsExactly(1, 2, 3, 4);
    assertThat(streaming(answered(200, body)).lines(new TypeRef<Integer>() {})).hasSize(4);
    assertThat(streaming(answered(200, "é \r\nb\rc")).lines(String.class))
        .containsExactly("é ", "b\rc");
    assertNothingIsOpen();
  }

  @Test
  void aLineThatIsNoSuchValueIsNamedAndEndsTheStream() {
    StreamingResponse response = streaming(answered(200, "1\n\nnone\n4\n"));
    List<Integer> read = new ArrayList<>();

    assertThatExceptionOfType(WorkerDecodingException.class)
        .isThrownBy(() -> response.lines(Integer.class).forEach(read::add))
        .withMessageContaining("HTTP 200, but line 3 (application/json, 4 bytes)")
        .withMessageNotContaining("none");

    assertThat(read).containsExactly(1);
    assertNothingIsOpen();
  }

  @Test
  void aTypeWithoutCodecIsRefusedAndVoidToo() {
    fleet.proxy().answers(answered(200, "1"));
    try (StreamingResponse response = fleet.service().get("/").executeStreaming()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> response.lines(Integer.class))
          .withMessageContaining("add worker-client-jackson");
      org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
          .isThrownBy(() -> response.lines(Void.class));
      assertThat(response.lines(String.class)).containsExactly("1");
    }
  }

  @Test
  void theBodyIsGivenOutOnce() {
    StreamingResponse response = streaming(events("data: 1\n\n"));
    Stream<ServerSentEvent> events = response.events();

    assertThatIllegalStateException().isThrownBy(response::events);
    assertThatIllegalStateException()
        .isThrownBy(() -> response.lines(String.class))
        .withMessageContaining("it can be read once");
    assertThat(events).hasSize(1);
  }

  @Test
  void closingTheStreamOrTheResponseEndsItWithAFailure() {
    StreamingResponse first = streaming(events("data: 1\n\n".repeat(50_000)));
    Iterator<ServerSentEvent> iterator;
    try (Stream<ServerSentEvent> events = first.events()) {
      iterator = events.iterator();
      assertThat(iterator.next().data()).isEqualTo("1");
    }
    assertNothingIsOpen();

    assertThatExceptionOfType(WorkerCancelledException.class)
        .isThrownBy(() -> iterator.forEachRemaining(event -> {}))
        .withMessageContaining("the response was closed while its body was read");
  }

  @Test
  void eventsOverSlowPiecesAreWhole() {
    StreamingResponse response =
        streaming(
            events("data: é\r\n\r\ndata: 2\r\n\r\n")
                .newBuilder()
                .throttleBody(1, 1, TimeUnit.MILLISECONDS)
                .build());

    assertThat(response.events()).extracting(ServerSentEvent::data).containsExactly("é", "2");
  }
}
