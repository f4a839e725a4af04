package dev.workerclient;

import static dev.workerclient.HostileFleet.DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.HostileFleet.Ending;
import dev.workerclient.HostileFleet.Way;
import dev.workerclient.error.WorkerConnectionException;
import java.util.List;
import mockwebserver3.MockResponse;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads that are too large over HTTP/2, where OkHttp bounds them by itself. */
@Timeout(30)
class HostileHttp2Test {
  @ParameterizedTest
  @ValueSource(ints = {1, 100_000})
  void aHeadOf10MiBIsAFailure(int headers) {
    MockResponse.Builder response = new MockResponse.Builder().code(404).body("b");
    String value = "a".repeat((10 << 20) / headers);
    for (int i = 0; i < headers; i++) {
      response.addHeader("X-" + i, value);
    }
    List<Protocol> http2 = List.of(Protocol.H2_PRIOR_KNOWLEDGE);
    OkHttpClient okHttpClient = new OkHttpClient.Builder().protocols(http2).build();
    try (TestRoute route = new TestRoute();
        WorkerClient client = HostileFleet.client(route.url(), okHttpClient)) {
      route.server().setProtocols(http2);
      route.answers(response.build());
      Ending ending = HostileFleet.end(client.service(DOMAIN).post("/"), Way.BUFFERED);

      assertThat(ending.failed()).isInstanceOf(WorkerConnectionException.class);
      route.answers(TestRoute.plain(200, "fine"));
      assertThat(client.service(DOMAIN).get("/").execute().string()).isEqualTo("fine");
    }
  }
}
