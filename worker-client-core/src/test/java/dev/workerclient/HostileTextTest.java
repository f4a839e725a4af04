package dev.workerclient;

import static dev.workerclient.HostileFleet.DOMAIN;
import static dev.workerclient.HostileFleet.PROXY;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.HostileFleet.Ending;
import dev.workerclient.HostileFleet.Way;
import dev.workerclient.error.Error1042Exception;
import dev.workerclient.error.UnprovenResponseException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okio.Buffer;
import okio.ByteString;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands in an error's body: broken text, foreign encodings and JSON beyond all measure. */
@Timeout(30)
class HostileTextTest {
  private static final String STRUCTURED = "{\"cloudflare_error\":true,\"error_code\":1042}";
  private static final ByteString BOM = ByteString.decodeHex("efbbbf");
  private static final ByteString INVALID = ByteString.decodeHex("c0afedbfbfeda080fff8888080f5");

  @RegisterExtension final HostileFleet fleet = new HostileFleet();

  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of("text/plain", "error code: 1042"),
        Arguments.of("application/json", STRUCTURED),
        Arguments.of("application/problem+json", STRUCTURED),
        Arguments.of("text/markdown", "---\ncloudflare_error: true\nerror_code: 1042\n---\n"),
        Arguments.of(
            "text/html", "<div id=\"cf-wrapper\"><span class=\"cf-error-code\">1042</span></div>"));
  }

  /** By each way: Cloudflare's error where that is allowed, or the answer with all its bytes. */
  private void assertAnswer(String type, ByteString body, boolean mayBeKnown) {
    fleet.server().replies(RawReplies.whole(404, type, "", body.toByteArray()));
    for (Way way : Way.values()) {
      Ending ending = fleet.call(DOMAIN, way);
      Ending unproven = fleet.call(PROXY, way);

      if (mayBeKnown && ending.failure() instanceof Error1042Exception) {
        assertThat(unproven.failed()).isInstanceOf(Error1042Exception.class);
      } else {
        assertThat(ending.isWholeAnswer()).isTrue();
        assertThat(ending.status()).isEqualTo(404);
        assertThat(ending.body()).isEqualTo(body);
        assertThat(unproven.failed()).isInstanceOf(UnprovenResponseException.class);
      }
      assertThat(ending.allocated()).isLessThan(16 << 20);
    }
  }

  private static ByteString join(ByteString first, String second, Charset charset) {
    return new Buffer().write(first).writeString(second, charset).readByteString();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void invalidUtf8IsAnAnswer(String type, String text) {
    assertAnswer(type, INVALID, false);
    assertAnswer(type, join(INVALID, text, UTF_8), type.equals("text/html"));
    ByteString within = ByteString.encodeUtf8(text.substring(0, 10));
    assertAnswer(type, join(within, text.substring(10), UTF_16LE), false);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aByteOrderMarkOrUtf16IsTheErrorOrAnAnswer(String type, String text) {
    for (ByteString body :
        List.of(
            join(BOM, text, UTF_8),
            join(ByteString.EMPTY, text, UTF_16LE),
            join(ByteString.EMPTY, text, UTF_16BE),
            join(ByteString.decodeHex("fffe"), text, UTF_16LE),
            join(ByteString.decodeHex("feff"), text, UTF_16BE))) {
      assertAnswer(type, body, true);
    }
  }

  static Stream<Arguments> monsters() {
    String start = "{\"cloudflare_error\":true,\"error_code\":1042,\"a\":";
    String names =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "\"" + i + "\":1")
            .collect(Collectors.joining(","));
    return Stream.of(
        Arguments.of("arrays 10,000 deep", start + "[".repeat(10_000) + "]".repeat(10_000) + "}"),
        Arguments.of("objects 10,000 deep", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)),
        Arguments.of("a depth that never ends", start + "[".repeat(1 << 19)),
        Arguments.of("100,000 names", start + "{" + names + "}}"),
        Arguments.of("100,000 names at the top", "{" + names + "," + STRUCTURED.substring(1)),
        Arguments.of("the same name again and again", "{" + "\"a\":1,".repeat(5000) + "\"b\":1}"),
        Arguments.of("a code of 50,000 digits", "{\"error_code\":" + "1".repeat(50_000) + "}"),
        Arguments.of("a number of 50,000 digits", start + "1".repeat(50_000) + "}"),
        Arguments.of("a fraction", start + "1." + "1".repeat(50_000) + "e99999}"),
        Arguments.of("a name of 60 KB", "{\"" + "n".repeat(60_000) + "\":1}"),
        Arguments.of("escapes", "{\"error_name\":\"" + "\\u0000".repeat(10_000)),
        Arguments.of("commas", "[" + ",".repeat(60_000)),
        Arguments.of("spaces", " ".repeat(1 << 19)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("monsters")
  void jsonBeyondAllMeasureIsAnAnswer(String name, String json) {
    assertAnswer("application/json", ByteString.encodeUtf8(json), false);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void longStringsAndLinesAreTheErrorOrAnAnswer(String type, String text) {
    String aLot = "x".repeat(60_000);
    assertAnswer(type, ByteString.encodeUtf8(text + aLot), true);
    assertAnswer(type, ByteString.encodeUtf8(aLot + aLot + text), false);
    assertAnswer(
        "application/json",
        ByteString.encodeUtf8("{\"error_name\":\"" + aLot + "\"," + STRUCTURED.substring(1)),
        true);
  }
}
