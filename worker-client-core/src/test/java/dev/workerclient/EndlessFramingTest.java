package dev.workerclient;

import static dev.workerclient.HostileFleet.DOMAIN;
import static dev.workerclient.HostileFleet.MAX_BYTES;
import static dev.workerclient.HostileFleet.PROXY;
import static dev.workerclient.RawReplies.CHUNKED;
import static dev.workerclient.RawReplies.GZIP;
import static dev.workerclient.RawReplies.MARK;
import static dev.workerclient.RawReplies.bytes;
import static dev.workerclient.RawReplies.gzipHead;
import static dev.workerclient.RawReplies.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.HostileFleet.Ending;
import dev.workerclient.HostileFleet.Way;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerDecodingException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server sends beside a body is bounded; inputs are finite, and a little over the bound. */
@Timeout(60)
class EndlessFramingTest {
  private static final long OVER = 1 << 20;

  @RegisterExtension final HostileFleet fleet = new HostileFleet();

  /** Framing: what comes first, and what is repeated without end. */
  private record Form(String name, String headers, String start, String unit) {
    RawServer.Reply reply(int status, String marks) {
      return out -> {
        out.write(head(status, "application/json", marks + headers));
        out.write(bytes(start));
        RawReplies.repeat(out, unit, OVER);
      };
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Arguments> formsAndWays() {
    String block = new String(new byte[] {0, 0, 0, -1, -1}, ISO_8859_1);
    String member = gzipHead(0) + "\3\0" + "\0".repeat(8);
    String tinyChunk = "1;" + "e".repeat(999) + "\r\nx\r\n";
    return Stream.of(
            new Form("zeros before a chunk's size", CHUNKED, "", "0"),
            new Form("a chunk's extension", CHUNKED, "1;", "a"),
            new Form("extensions of tiny chunks", CHUNKED, "", tinyChunk),
            new Form("the end of a chunk", CHUNKED, "1\r\nx", "a"),
            new Form("a gzip name", GZIP, gzipHead(8), "a"),
            new Form("a gzip comment", GZIP, gzipHead(16), "a"),
            new Form("a gzip name in chunks", GZIP + CHUNKED, "fffffff\r\n" + gzipHead(8), "a"),
            new Form("empty gzip blocks", GZIP, gzipHead(0), block),
            new Form("empty gzip members", GZIP, "", member))
        .flatMap(form -> Stream.of(Way.values()).map(way -> Arguments.of(form, way)));
  }

  @ParameterizedTest
  @MethodSource("formsAndWays")
  void framingWithoutEndIsATypedFailureAndSentOnce(Form form, Way way) {
    for (int status : new int[] {200, 500}) {
      fleet.server().replies(form.reply(status, ""));
      Ending ending = fleet.post(DOMAIN, way);

      assertThat(ending.failed())
          .isInstanceOf(WorkerConnectionException.class)
          .hasMessageContaining("more than 524288 bytes of framing");
      assertThat(ending.failed().delivery()).isNotEqualTo(Delivery.NOT_DELIVERED);
    }
    assertThat(fleet.server().requests()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("formsAndWays")
  void aProvenAnswerStaysProven(Form form, Way way) {
    fleet.server().replies(form.reply(200, MARK));
    Ending ending = fleet.call(PROXY, way);

    assertThat(ending.failed()).isInstanceOf(WorkerConnectionException.class);
    assertThat(ending.failed().delivery()).isEqualTo(Delivery.DELIVERED);
    assertThat(fleet.server().requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void theRestIsNotRead(Way way) {
    AtomicLong written = new AtomicLong();
    fleet
        .server()
        .replies(
            out -> {
              out.write(head(200, "text/plain", CHUNKED));
              out.write(bytes("1;"));
              for (int i = 0; i < 256; i++) {
                RawReplies.repeat(out, "a", 65536);
                written.addAndGet(65536);
              }
            });

    assertThat(fleet.call(DOMAIN, way).failed()).isInstanceOf(WorkerConnectionException.class);
    assertThat(written).hasValueLessThan(256 * 65536); // Sockets' own buffers take some.
  }

  @ParameterizedTest
  @EnumSource
  void aBodyOfTinyChunksIsWhole(Way way) {
    fleet
        .server()
        .replies(
            out -> {
              out.write(head(200, "text/plain", CHUNKED));
              RawReplies.repeat(out, "1;ext\r\nx\r\n", MAX_BYTES); // A tenth of it is body.
              out.write(bytes("0\r\n"));
              RawReplies.repeat(out, "X: " + "y".repeat(1018) + "\r\n", 128 * 1024);
              out.write(bytes("\r\n"));
            });

    assertThat(fleet.call(DOMAIN, way).isWholeAnswer()).isTrue();
    assertThat(fleet.call(DOMAIN, way).body().size()).isGreaterThan(MAX_BYTES / 10);
    assertThat(fleet.server().requests()).allMatch(seen -> seen.connection() == 0);
  }

  @Test
  void anInterceptorMayReadALargeChunkedBodyBeforeWeDo() {
    byte[] body = new byte[MAX_BYTES];
    fleet.server().replies(RawReplies.chunked(200, "text/plain", body));
    OkHttpClient reading =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  okhttp3.Response response = chain.proceed(chain.request());
                  response.body().source().request(Long.MAX_VALUE);
                  return response;
                })
            .build();
    try (WorkerClient client = HostileFleet.client(fleet.server().url(), reading)) {
      assertThat(client.service(DOMAIN).get("/").execute().bytes()).hasSize(body.length);
    }
  }

  @Test
  void aBodyThatIsTooLargeIsNotReadOn() {
    AtomicInteger cancels = new AtomicInteger();
    OkHttpClient seen =
        new OkHttpClient.Builder()
            .eventListener(
                new EventListener() {
                  @Override
                  public void canceled(okhttp3.Call call) {
                    cancels.incrementAndGet();
                  }
                })
            .build();
    fleet
        .server()
        .replies(
            out -> {
              out.write(head(200, "text/plain", "Content-Length: 99999999\r\n"));
              RawReplies.repeat(out, "a", 1 << 20);
            });
    try (WorkerClient client = HostileFleet.client(fleet.server().url(), seen)) {
      Ending ending = HostileFleet.end(client.service(DOMAIN).get("/"), Way.BUFFERED);

      assertThat(ending.failed()).isInstanceOf(WorkerDecodingException.class);
      assertThat(cancels).hasValue(1);
    }
  }
}
