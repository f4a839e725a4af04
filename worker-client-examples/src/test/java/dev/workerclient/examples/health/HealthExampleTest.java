package dev.workerclient.examples.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program, from its start until Enter is pressed. */
@Timeout(60)
class HealthExampleTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Integer> statuses = new ArrayList<>();

  @Test
  void servesUntilEnterIsPressed() throws Exception {
    assertThat(run(pressedOnceAsked())).isZero();
    assertThat(statuses).containsExactly(200, 503, 200);
    assertThat(out.toString(UTF_8))
        .contains("DOWN (503): 1 up, 1 degraded, 2 down")
        .contains("DISPATCH_MISMATCH", "BINDING_NOT_CALLABLE", "ERROR_1042", "BINDING_NOT_FOUND")
        .containsPattern("binding-proxy +404 +[0-9]+ ms +open [0-9]+ s +BINDING_NOT_FOUND");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void endsWhereItsInputEnds() throws Exception {
    assertThat(run(new ByteArrayInputStream(new byte[0]), "0")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "65536", "-1", ""})
  void refusesWhatIsNoPort(String argument) throws Exception {
    assertThat(run(InputStream.nullInputStream(), argument)).isEqualTo(1);
    assertThat(err.toString(UTF_8)).startsWith("health: takes no argument, or a port");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  private int run(InputStream in, String... arguments) throws IOException {
    try (PrintStream toOut = new PrintStream(out, true, UTF_8);
        PrintStream toErr = new PrintStream(err, true, UTF_8)) {
      return HealthExample.run(in, toOut, toErr, arguments);
    }
  }

  /** An Enter that comes once the addresses that were printed have been asked for. */
  @SuppressWarnings("InputStreamSlowMultibyteRead") // It is read once.
  private InputStream pressedOnceAsked() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        Matcher addresses = Pattern.compile("http://[^\\s']+").matcher(out.toString(UTF_8));
        while (addresses.find()) {
          statuses.add(status(addresses.group()));
        }
        return '\n';
      }
    };
  }

  private static int status(String address) throws IOException {
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
