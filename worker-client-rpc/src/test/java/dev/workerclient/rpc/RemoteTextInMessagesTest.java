package dev.workerclient.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a remote wrote stands in messages as one short line, and as data as it was sent. */
class RemoteTextInMessagesTest {
  /** Line breaks, an escape, a bidi mark, a line separator, a NUL and half a pair. */
  private static final String EVIL = "a\r\nFAKE LOG LINE\u001b[31m\u202e\u2028\u0000\ud83d";

  private static final String EVIL_JSON =
      "a\\r\\nFAKE LOG LINE\\u001b[31m\\u202e\\u2028\\u0000\\ud83d";

  private static final int LINE = 300;

  @RegisterExtension final RpcServer server = new RpcServer();

  interface Api {
    int count();

    Map<String, Integer> counts();

    OffsetDateTime date();

    Code code();
  }

  /** Says what it was given. */
  record Code(String code) {
    Code {
      throw new IllegalArgumentException("not a code: " + code);
    }
  }

  @Test
  void anErrorIsOneLineInMessages() {
    server.answers("[\"reject\",1,[\"error\",\"" + EVIL_JSON + "\",\"" + EVIL_JSON + "\"]]");
    WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, () -> api().count());
    assertIsOneLine(e);
    assertThat(e.getMessage()).contains("a\\u000d\\u000aFAKE LOG LINE\\u001b[31m\\u202e");
    assertThat(e.remoteMessage()).isEqualTo(EVIL);
    assertThat(e.remoteType()).doesNotContain("\n", "\u001b");
  }

  @Test
  void aValueThatWasThrownIsOneLineInMessages() {
    for (String thrown : new String[] {"\"" + EVIL_JSON + "\"", "{\"" + EVIL_JSON + "\":1}"}) {
      server.answers("[\"reject\",1," + thrown + "]");
      assertIsOneLine(catchThrowableOfType(WorkerRpcException.class, () -> api().count()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[\"date\",0]                          | 1970-01-01T00:00:00Z",
        "{\"at\":[\"date\",0],\"b\":[[1]]} | {\"at\":\"1970-01-01T00:00:00Z\",\"b\":[1]}",
        "{\"a\":[\"bytes\",\"AQI=\"]}      | {\"a\":\"AQI=\"}",
        "[\"bigint\",\"9007199254740993\"]   | 9007199254740993",
        "{\"n\":[\"nan\"]}                   | {\"n\":\"NaN\"}",
        "null                                    | null",
      })
  void aValueThatWasThrownIsTheMessage(String thrown, String message) {
    server.answers("[\"reject\",1," + thrown + "]");
    WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, () -> api().count());
    assertThat(e.remoteMessage()).isEqualTo(message);
    assertThat(e.remoteType()).isEmpty();
  }

  @Test
  void aLongErrorIsCut() {
    String longest = "x".repeat(100_000);
    server.answers("[\"reject\",1,[\"error\",\"" + longest + "\",\"" + longest + "\"]]");
    WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, () -> api().count());
    assertIsOneLine(e);
    assertThat(e.serviceError().message()).hasSizeLessThanOrEqualTo(LINE + 1);
    assertThat(e.remoteMessage()).hasSize(10_001).endsWith("x…");
    assertThat(e.remoteType()).hasSize(101).endsWith("x…");
  }

  @Test
  void aLongErrorIsNotCutInsideACharacter() {
    server.answers("[\"reject\",1,[\"error\",\"E\",\"x" + "😀".repeat(10_000) + "\"]]");
    WorkerRpcException e = catchThrowableOfType(WorkerRpcException.class, () -> api().count());
    assertThat(e.remoteMessage()).hasSize(10_000).endsWith("😀…");
  }

  @Test
  void aResultOfAnotherTypeIsOneLineInTheStackTrace() {
    server.answers("[\"resolve\",1,\"" + EVIL_JSON + "\"]");
    assertIsOneLine(catchThrowableOfType(WorkerDecodingException.class, () -> api().count()));
    server.answers("[\"resolve\",1,{\"" + EVIL_JSON + "\":\"x\"}]");
    assertIsOneLine(catchThrowableOfType(WorkerDecodingException.class, () -> api().counts()));
    server.answers("[\"resolve\",1,{\"code\":\"" + EVIL_JSON + "\"}]");
    WorkerDecodingException e =
        catchThrowableOfType(WorkerDecodingException.class, () -> api().code());
    assertIsOneLine(e);
    assertThat(e.getCause()).hasMessageContaining("not a code: a\\u000d");
    assertThat(e.serviceError().message()).contains("its result is not a ", "not a code: a\\u000d");
    server.answers("[\"resolve\",1,\"" + EVIL_JSON + "\"]");
    assertIsOneLine(catchThrowableOfType(WorkerDecodingException.class, () -> api().date()));
    server.answers("[\"resolve\",1,\"" + "x".repeat(100_000) + "\"]");
    assertIsOneLine(catchThrowableOfType(WorkerDecodingException.class, () -> api().count()));
  }

  @Test
  void aTokenThatATargetEchoesIsHidden() {
    String token = RpcServer.TOKEN;
    server.answers("[\"reject\",1,[\"error\",\"" + token + "\",\"no user of " + token + "\"]]");
    WorkerRpcException thrown = catchThrowableOfType(WorkerRpcException.class, () -> api().count());
    server.answers("[\"resolve\",1,\"" + token + "\"]");
    WorkerException mistyped = catchThrowableOfType(WorkerException.class, () -> api().code());

    assertThat(server.requests().get(0).getHeaders().get("Authorization")).endsWith(token);
    assertThat(thrown.remoteMessage()).isEqualTo("no user of (hidden)");
    assertThat(thrown.remoteType()).isEqualTo("(hidden)");
    for (WorkerException e : new WorkerException[] {thrown, mistyped}) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).contains("(hidden)").doesNotContain(token);
      assertThat(e.serviceError().toString()).doesNotContain(token);
    }
  }

  private static void assertIsOneLine(WorkerException e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("\nFAKE", "\u001b", "\u202e", "\u2028", "\u0000");
    assertThat(trace.toString().lines()).allMatch(line -> line.length() < 4 * LINE);
    assertThat(e.getMessage()).doesNotContain("\r");
    assertThat(e.serviceError().toString()).doesNotContain("\n", "\r", "\u001b", "\u202e");
  }

  private Api api() {
    return Rpc.of(server.service(), Api.class);
  }
}
