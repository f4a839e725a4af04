package dev.workerclient;

import static dev.workerclient.HostileFleet.DOMAIN;
import static dev.workerclient.HostileFleet.MAX_BYTES;
import static dev.workerclient.HostileFleet.NONE;
import static dev.workerclient.HostileFleet.PROXY;
import static dev.workerclient.HostileFleet.Way.BUFFERED;
import static dev.workerclient.RawReplies.CHUNKED;
import static dev.workerclient.RawReplies.GZIP;
import static dev.workerclient.RawReplies.MARK;
import static dev.workerclient.RawReplies.body;
import static dev.workerclient.RawReplies.bytes;
import static dev.workerclient.RawReplies.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.HostileFleet.Ending;
import dev.workerclient.HostileFleet.Way;
import dev.workerclient.error.UnprovenResponseException;
import dev.workerclient.error.WorkerDecodingException;
import java.util.List;
import java.util.stream.Stream;
import okio.ByteString;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are too large, or never end: bounded, and what is an answer is whole. */
@Timeout(30)
class HostileBodyTest {
  private static final int PREFIX = 64 * 1024;
  private static final long LITTLE = 16 << 20; // Room for what the first call loads.
  private static final List<String> TYPES =
      List.of("application/json", "text/html", "text/plain", "text/markdown", "text/event-stream");

  @RegisterExtension final HostileFleet fleet = new HostileFleet();

  static Stream<Arguments> typesAndWays() {
    return TYPES.stream()
        .flatMap(type -> Stream.of(Way.values()).map(way -> Arguments.of(type, way)));
  }

  /** One MiB that inflates to 1 GiB. */
  private static RawServer.Reply bomb(int status, String type, String more) {
    byte[] block = RawReplies.deflated(bytes("a".repeat(1 << 20)));
    return out -> {
      out.write(head(status, type, more + GZIP));
      out.write(RawReplies.gzipStart(body(type, MAX_BYTES)));
      for (int i = 1; i < 1024; i++) {
        out.write(block);
      }
      out.close();
    };
  }

  @ParameterizedTest
  @MethodSource("typesAndWays")
  void aGzipBombIsReadNoFurtherThanAskedFor(String type, Way way) {
    for (int status : new int[] {200, 500}) {
      fleet.server().replies(bomb(status, type, ""));
      Ending ending = fleet.call(DOMAIN, way);

      assertThat(ending.allocated()).isLessThan(LITTLE + (way == BUFFERED ? 4L * MAX_BYTES : 0));
      if (way == BUFFERED) {
        assertThat(ending.failed()).isInstanceOf(WorkerDecodingException.class);
      } else {
        assertThat(ending.isWholeAnswer()).isTrue();
        assertThat(ending.status()).isEqualTo(status);
        assertThat(ending.body().substring(0, MAX_BYTES)).isEqualTo(body(type, MAX_BYTES));
      }
    }
    assertThat(fleet.server().requests()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("typesAndWays")
  void aGzipBombThroughTheProxyIsTheTargetsOrAFailure(String type, Way way) {
    fleet.server().replies(bomb(500, type, ""));
    Ending unmarked = fleet.call(PROXY, way);
    fleet.server().replies(bomb(502, type, "Binding-Proxy-Outcome: not-dispatched\r\n"));
    Ending refused = fleet.call(PROXY, way);
    fleet.server().replies(bomb(500, type, MARK));
    Ending marked = fleet.call(PROXY, way);

    assertThat(unmarked.failed()).isInstanceOf(UnprovenResponseException.class);
    assertThat(unmarked.allocated()).isLessThan(LITTLE);
    assertThat(refused.failed()).hasMessageContaining("the binding proxy says no code");
    assertThat(refused.allocated()).isLessThan(LITTLE);
    assertThat(marked.status()).isEqualTo(way == BUFFERED ? NONE : 500);
    assertThat(marked.allocated()).isLessThan(LITTLE + 4L * MAX_BYTES);
  }

  @ParameterizedTest
  @MethodSource("typesAndWays")
  void anEndlessErrorIsAnAnswerForAStreamAndTooLargeForABuffer(String type, Way way) {
    int size = type.equals("application/json") ? 1 : 8192;
    String chunk = Integer.toHexString(size) + "\r\n" + "a".repeat(size) + "\r\n";
    fleet
        .server()
        .replies(
            out -> {
              out.write(head(404, type, CHUNKED));
              out.write(bytes("6\r\n{\"a\":\"\r\n"));
              RawReplies.repeat(out, chunk, Long.MAX_VALUE);
            });
    Ending ending = fleet.call(DOMAIN, way);

    if (way == BUFFERED) {
      assertThat(ending.failed()).isInstanceOf(WorkerDecodingException.class);
    } else {
      assertThat(ending.isWholeAnswer()).isTrue();
      assertThat(ending.status()).isEqualTo(404);
      assertThat(ending.allocated()).isLessThan(LITTLE);
    }
  }

  @ParameterizedTest
  @MethodSource("typesAndWays")
  void anErrorOfAnySizeIsWhole(String type, Way way) {
    for (int size : new int[] {0, 1, PREFIX - 1024, PREFIX, PREFIX + 1, MAX_BYTES}) {
      byte[] body = body(type, size).toByteArray();
      for (RawServer.Reply reply :
          List.of(RawReplies.whole(404, type, "", body), RawReplies.chunked(404, type, body))) {
        fleet.server().replies(reply);
        Ending ending = fleet.call(DOMAIN, way);

        assertThat(ending.isWholeAnswer()).isTrue();
        assertThat(ending.body()).isEqualTo(ByteString.of(body));
      }
    }
    assertThat(fleet.server().requests()).allMatch(seen -> seen.connection() == 0);
  }
}
