package dev.workerclient.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadServerTest {
  private static final ServerProcess SERVER = ServerProcess.start(1);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @BeforeEach
  void forget() {
    SERVER.behave(0, Behaviour.HEALTHY, 0);
    SERVER.reset(0);
  }

  @ParameterizedTest
  @CsvSource({"/v1/capabilities/small,100", "/v1/capabilities/large,10240", "/bytes/200000,200000"})
  void aBodyIsAsLongAsItsNameSays(String path, int length) throws Exception {
    assertThat(get(path).body()).hasSize(length);
    assertThat(SERVER.seen(0).requests()).isEqualTo(1);
    assertThat(SERVER.seen(0).peakInFlight()).isEqualTo(1);
  }

  @Test
  void aBombIsSmallOnTheWire() throws Exception {
    HttpResponse<byte[]> response = get("/bomb/500");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).hasSizeBetween(900_000, 1_200_000);
  }

  @Test
  void aFailingRouteAnswers1042AndCountsItAsWasted() throws Exception {
    SERVER.behave(0, Behaviour.FAILS_FAST, 0);

    assertThat(get("/v1/capabilities/small").body()).asString().isEqualTo("error code: 1042");
    assertThat(SERVER.seen(0).wasted()).isEqualTo(1);
  }

  @Test
  void aShareOfRequestsFailsAsCloudflareDoesAndTheSameOnesEachTime() throws Exception {
    List<Integer> first = statusesOfTwentyWhenSomeFail();

    assertThat(first).containsOnly(200, 520).contains(200, 520);
    assertThat(statusesOfTwentyWhenSomeFail()).isEqualTo(first);
  }

  private static List<Integer> statusesOfTwentyWhenSomeFail() throws Exception {
    SERVER.behave(0, Behaviour.FAILS, 0, 30);
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      statuses.add(get("/v1/capabilities/small").statusCode());
    }
    return statuses;
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    URI uri = URI.create(SERVER.url(0) + path);
    return CLIENT.send(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
