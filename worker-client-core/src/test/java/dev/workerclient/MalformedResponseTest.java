package dev.workerclient;

import static dev.workerclient.HostileFleet.DOMAIN;
import static dev.workerclient.RawReplies.GZIP;
import static dev.workerclient.RawReplies.bytes;
import static dev.workerclient.RawReplies.head;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.HostileFleet.Ending;
import dev.workerclient.HostileFleet.Way;
import dev.workerclient.error.WorkerConnectionException;
import dev.workerclient.error.WorkerDecodingException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that OkHttp by itself gets wrong. */
@Timeout(30)
class MalformedResponseTest {
  @RegisterExtension final HostileFleet fleet = new HostileFleet();

  @ParameterizedTest
  @EnumSource
  void aNegativeLengthIsABrokenConnection(Way way) {
    fleet
        .server()
        .replies(
            out -> {
              out.write(head(200, "text/plain", "Content-Length: -5\r\n"));
              out.write(bytes("hello"));
            });

    assertThat(fleet.call(DOMAIN, way).failed()).isInstanceOf(WorkerConnectionException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aNegativeStatusIsABrokenConnectionAndNotTheUsersCode(Way way) {
    fleet.server().replies(out -> out.write(bytes("HTTP/1.1 -12 X\r\nContent-Length: 0\r\n\r\n")));

    assertThat(fleet.call(DOMAIN, way).failed()).isInstanceOf(WorkerConnectionException.class);
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyBodyThatSaysGzipIsAnEmptyAnswer(Way way) {
    fleet.server().replies(RawReplies.whole(404, "application/json", GZIP, new byte[0]));

    Ending ending = fleet.call(DOMAIN, way);
    assertThat(ending.isWholeAnswer()).isTrue();
    assertThat(ending.body().size()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(2)
  void aRedirectToAHostOf60000LettersTakesNoTime(Way way) {
    StringBuilder host = new StringBuilder();
    for (int i = 0; i < 60_000; i++) {
      host.append((char) (0x4e00 + i % 20_000));
    }
    String location = "Location: https://" + host + "/\r\nContent-Length: 0\r\n\r\n";
    fleet.server().replies(out -> out.write(("HTTP/1.1 302 F\r\n" + location).getBytes(UTF_8)));

    assertThat(fleet.call(DOMAIN, way).isWholeAnswer()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 205})
  void anAnswerThatHasNoBodyButALengthIsAnEmptyAnswer(int status) {
    fleet
        .server()
        .replies(
            out -> {
              out.write(head(status, "text/plain", "Content-Length: 5\r\n"));
              out.write(bytes("hello"));
            });
    try (WorkerClient client = HostileFleet.client(fleet.server().url(), new OkHttpClient())) {
      WorkerResponse response = client.service(DOMAIN).delete("/orders/1").execute();

      assertThat(response.status()).isEqualTo(status);
      assertThat(response.bytes()).isEmpty();
      assertThat(response.attempts()).hasSize(1);
      assertThat(client.service(DOMAIN).get(RawServer.FINE).execute().string()).isEqualTo("fine");
    }
    assertThat(fleet.server().requests()).hasSize(1);
    assertThat(fleet.server().lastConnection()).isEqualTo(1);
  }

  @Test
  void anInterceptorSeesThatAnswerToo() {
    AtomicInteger seen = new AtomicInteger();
    fleet.server().replies("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\n");
    Interceptor looking =
        chain -> {
          okhttp3.Response response = chain.proceed(chain.request());
          seen.set(response.code());
          return response;
        };
    OkHttpClient okHttpClient = new OkHttpClient.Builder().addInterceptor(looking).build();
    try (WorkerClient client = HostileFleet.client(fleet.server().url(), okHttpClient)) {
      assertThat(client.service(DOMAIN).delete("/orders/1").execute().status()).isEqualTo(204);
    }
    assertThat(seen).hasValue(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "ZSTD", "x-gzip", "gzip, br"})
  void aBodyInAnEncodingWithoutADecoderIsNamed(String encoding) {
    byte[] body = {0x0b, 0x01, (byte) 0x80, 0x7b, 0x7d, 0x03};
    fleet
        .server()
        .replies(
            out -> {
              out.write(
                  head(
                      200,
                      "application/json",
                      "Content-Encoding: " + encoding + "\r\nContent-Length: 6\r\n"));
              out.write(body);
            });
    try (WorkerClient client = HostileFleet.client(fleet.server().url(), new OkHttpClient())) {
      WorkerService service = client.service(DOMAIN);

      assertThatThrownBy(() -> service.get("/orders").fetch(String.class))
          .isInstanceOf(WorkerDecodingException.class)
          .hasMessageContaining("encoded as " + encoding);
      assertThatThrownBy(() -> service.get("/orders").execute().string())
          .isInstanceOf(WorkerDecodingException.class);
      assertThat(service.get("/orders").fetch(byte[].class)).isEqualTo(body);
    }
  }
}
