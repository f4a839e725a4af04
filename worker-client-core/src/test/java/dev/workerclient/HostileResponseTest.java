package dev.workerclient;

import static dev.workerclient.HostileFleet.DOMAIN;
import static dev.workerclient.HostileFleet.PROXY;
import static dev.workerclient.RawReplies.CHUNKED;
import static dev.workerclient.RawReplies.GZIP;
import static dev.workerclient.RawReplies.bytes;
import static dev.workerclient.RawReplies.gzipped;
import static dev.workerclient.RawReplies.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.HostileFleet.Ending;
import dev.workerclient.HostileFleet.Way;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.error.UnprovenResponseException;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads that are too large, lengths and codings that lie, and status lines that are none. */
@Timeout(30)
class HostileResponseTest {
  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json";
  private static final String ERROR = "error code: 1042";
  private static final String STRUCTURED = "{\"cloudflare_error\":true,\"error_code\":1042}";

  @RegisterExtension final HostileFleet fleet = new HostileFleet();

  /** Calls by both routes and both ways, on a used connection; each call is one execution. */
  private List<Ending> callAllWays(RawServer.Reply reply) {
    fleet.server().replies(reply);
    return List.of(
        fleet.post(DOMAIN, Way.BUFFERED),
        fleet.post(DOMAIN, Way.STREAMED),
        fleet.post(PROXY, Way.BUFFERED),
        fleet.post(PROXY, Way.STREAMED));
  }

  private void assertAllBroken(RawServer.Reply reply) {
    assertThat(callAllWays(reply))
        .allSatisfy(
            ending -> {
              assertThat(ending.failed()).isInstanceOf(WorkerConnectionException.class);
              assertThat(ending.failed().delivery()).isIn(Delivery.UNKNOWN, Delivery.DELIVERED);
              assertThat(ending.allocated()).isLessThan(48 << 20);
            });
    assertThat(fleet.server().requests()).hasSize(4);
  }

  private void assertAllKnown(RawServer.Reply reply) {
    assertThat(callAllWays(reply))
        .allSatisfy(ending -> assertThat(ending.failed()).isInstanceOf(Error1042Exception.class));
  }

  /** An answer of the domain; the proxy's are not proven. */
  private void assertAllAnswered(RawServer.Reply reply, int status, byte[] body) {
    List<Ending> endings = callAllWays(reply);
    assertThat(endings.subList(0, 2))
        .allSatisfy(
            ending -> {
              assertThat(ending.isWholeAnswer()).isTrue();
              assertThat(ending.status()).isEqualTo(status);
              assertThat(ending.body().toByteArray()).isEqualTo(body);
            });
    assertThat(endings.subList(2, 4))
        .allSatisfy(
            ending -> assertThat(ending.failed()).isInstanceOf(UnprovenResponseException.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "X-A: b\r\n", "X: y\r\n\r\nHTTP/1.1 103 E\r\n"})
  void aHeadOf10MiBIsAFailureThatIsNotReadToItsEnd(String unit) {
    assertAllBroken(
        out -> {
          out.write(bytes("HTTP/1.1 103 E\r\nX: "));
          RawReplies.repeat(out, unit, 10 << 20);
          out.write(bytes("\r\n\r\nHTTP/1.1 404 S\r\n\r\n"));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {TEXT, JSON})
  void aBodyThatEndsBeforeItsLengthIsBrokenAndNoError1042(String type) {
    assertAllBroken(
        out -> {
          out.write(head(404, type, "Content-Length: 99\r\n"));
          out.write(bytes(type.equals(TEXT) ? ERROR : STRUCTURED));
          out.close();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n",
        "fffffffffffffffff\r\n",
        "ffffffffffffffff\r\n",
        "20\r\nerror",
        "10 x\r\n"
      })
  void aChunkThatIsNoneIsBroken(String chunks) {
    assertAllBroken(
        out -> {
          out.write(head(404, TEXT, CHUNKED));
          out.write(bytes(chunks));
          out.close();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 4040 X",
        "HTTP/1.1 4x4 X",
        "HTTP/1.1  404",
        "HTTP/1.1",
        "HTTP/2 404",
        "HTTP/1.9 404 X",
        "",
        "GET / HTTP/1.1"
      })
  void aStatusLineThatIsNoneIsAFailure(String line) {
    assertAllBroken(
        out ->
            out.write(bytes(line + "\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 404",
        "HTTP/1.1 404 ",
        "HTTP/1.0 600 X",
        "HTTP/1.1 999 X",
        "HTTP/1.1 100 C\r\n\r\nHTTP/1.1 103 E\r\nLink: x\r\n\r\nHTTP/1.1 199 E\r\n\r\nHTTP/1.1 404 N"
      })
  void anOddStatusLineStillCarriesAnError(String line) {
    assertAllKnown(
        out -> {
          out.write(bytes(line + "\r\nContent-Type: text/plain\r\nContent-Length: 16\r\n\r\n"));
          out.write(bytes(ERROR));
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 99, 101, 399})
  void aStatusBelow400IsNeverAnError(int status) {
    assertAllAnswered(
        out -> {
          out.write(bytes(String.format("HTTP/1.1 %03d X\r\n", status)));
          out.write(bytes("Content-Type: text/plain\r\nContent-Length: 16\r\n\r\n" + ERROR));
        },
        status,
        bytes(ERROR));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30})
  void gzipThatIsNoneOrTruncatedIsATypedFailure(int length) {
    byte[] body = length == 0 ? bytes(STRUCTURED) : Arrays.copyOf(gzipped(STRUCTURED), length);
    assertThat(callAllWays(RawReplies.whole(404, JSON, GZIP, body)))
        .allSatisfy(ending -> assertThat(ending.failed()).isInstanceOf(WorkerException.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "gzip, gzip", "x"})
  void aCodingThatIsNotUndoneIsAnAnswer(String coding) {
    byte[] body = gzipped(STRUCTURED);
    String header = "Content-Encoding: " + coding + "\r\n";
    assertAllAnswered(RawReplies.whole(404, JSON, header, body), 404, body);
  }

  @ParameterizedTest
  @EnumSource
  void aGzippedErrorIsKnown(Way way) {
    fleet.server().replies(RawReplies.whole(404, JSON, GZIP, gzipped(STRUCTURED)));
    assertThat(fleet.call(DOMAIN, way).failed()).isInstanceOf(Error1042Exception.class);
  }
}
