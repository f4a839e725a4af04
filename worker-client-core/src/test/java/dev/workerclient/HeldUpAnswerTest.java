package dev.workerclient;

import static dev.workerclient.HostileFleet.DOMAIN;
import static dev.workerclient.HostileFleet.MAX_BYTES;
import static dev.workerclient.HostileFleet.NONE;
import static dev.workerclient.HostileFleet.PROXY;
import static dev.workerclient.HostileFleet.Way.STREAMED;
import static dev.workerclient.RawReplies.CHUNKED;
import static dev.workerclient.RawReplies.MARK;
import static dev.workerclient.RawReplies.body;
import static dev.workerclient.RawReplies.bytes;
import static dev.workerclient.RawReplies.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.HostileFleet.Ending;
import dev.workerclient.HostileFleet.Way;
import dev.workerclient.error.BindingNotFoundException;
import dev.workerclient.error.WorkerTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a streamed answer waits for its classification. */
@Timeout(30)
class HeldUpAnswerTest {
  private static final int PREFIX = 64 * 1024;

  @RegisterExtension final HostileFleet fleet = new HostileFleet();

  /** Sends the rest of the body only when the answer is there: whoever waits for it gets none. */
  private void assertNotHeldUp(String service, int status, String type, int begun)
      throws IOException {
    ByteString all = body(type, MAX_BYTES);
    CountDownLatch answered = new CountDownLatch(1);
    fleet
        .server()
        .replies(
            out -> {
              out.write(head(status, type, service.equals(PROXY) ? MARK : ""));
              out.write(all.substring(0, begun).toByteArray());
              answered.await();
              out.write(all.substring(begun).toByteArray());
              out.close();
            });
    try (StreamingResponse response = fleet.request(service).executeStreaming()) {
      answered.countDown();

      assertThat(response.status()).isEqualTo(status);
      assertThat(ByteString.of(response.stream().readAllBytes())).isEqualTo(all);
    } finally {
      answered.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html", "text/plain", "text/markdown"})
  void classificationWaitsForNoMoreThan64KiB(String type) throws IOException {
    assertNotHeldUp(DOMAIN, 404, type, PREFIX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html", "text/plain", "text/markdown"})
  void whatIsNotClassifiedIsNeverHeldUp(String type) throws IOException {
    assertNotHeldUp(PROXY, 404, type, 20);
    assertNotHeldUp(DOMAIN, 200, type, 20);
    assertNotHeldUp(DOMAIN, 404, "text/event-stream", 20);
  }

  /** Today a stream waits here for its classification; to answer at once would be as right. */
  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/html", "text/plain", "text/markdown"})
  void anErrorThatStopsAfter20BytesEndsWithinItsTime(String type) {
    fleet
        .server()
        .replies(
            out -> {
              out.write(head(404, type, CHUNKED));
              out.write(bytes("14\r\naaaaaaaaaaaaaaaaaaaa\r\n"));
            });
    for (Way way : Way.values()) {
      Ending ending = HostileFleet.end(fleet.request(DOMAIN).timeout(Duration.ofMillis(300)), way);

      assertThat(ending.failed()).isInstanceOf(WorkerTimeoutException.class);
      assertThat(way == STREAMED || ending.status() == NONE).isTrue();
    }
  }

  @Test
  void aRefusalOfTheProxyThatStopsInItsBodyIsKnownByItsHeaders() {
    String code =
        "Binding-Proxy-Outcome: not-dispatched\r\nBinding-Proxy-Error: BINDING_MISSING\r\n";
    fleet
        .server()
        .replies(
            out -> {
              out.write(head(404, "application/problem+json", code + "Content-Length: 99\r\n"));
              out.write(bytes("{\"detail\":\"abc"));
            });
    for (Way way : Way.values()) {
      Ending ending = HostileFleet.end(fleet.request(PROXY).timeout(Duration.ofSeconds(1)), way);

      assertThat(ending.failed()).isInstanceOf(BindingNotFoundException.class);
    }
  }
}
