package dev.workerclient;

import static dev.workerclient.HostileFleet.DOMAIN;
import static dev.workerclient.RawReplies.GZIP;
import static dev.workerclient.RawReplies.bytes;
import static dev.workerclient.RawReplies.head;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.HostileFleet.Ending;
import dev.workerclient.HostileFleet.Way;
import dev.workerclient.error.WorkerConnectionException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
}
