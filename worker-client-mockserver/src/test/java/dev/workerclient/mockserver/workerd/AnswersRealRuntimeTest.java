package dev.workerclient.mockserver.workerd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.StreamingResponse;
import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerResponse;
import dev.workerclient.WorkerService;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.mockserver.Style;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the target answers arrives as it is. */
@Tag("workerd")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.workerclient.mockserver.workerd.Installed#all")
class AnswersRealRuntimeTest {
  private final RealFleet fleet;
  private final WorkerClient client;
  private final WorkerService behaves;

  AnswersRealRuntimeTest(Installed runtime) {
    fleet = RealFleet.on(runtime);
    client = fleet.builder(RealFleet.TOKEN).service("BEHAVES").service("ROOMS").build();
    behaves = client.service("BEHAVES");
  }

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @EnumSource
  void getGoesThroughTheBindingWithPathQueryAndHeaders(Style style) {
    int before = fleet.runs("behaves");
    WorkerResponse response =
        style.execute(
            behaves.get("/v1/{id}", "a/b ü").query("q", "x&y").header("X-Tenant", "acme"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.route()).isEqualTo("binding-proxy");
    assertThat(response.attempts())
        .singleElement()
        .extracting(Attempt::delivery)
        .isEqualTo(Delivery.DELIVERED);
    assertThat(response.string())
        .contains("\"path\":\"/v1/a%2Fb%20%C3%BC?q=x%26y\"")
        .contains("\"x-tenant\":\"acme\"");
    assertThat(fleet.runs("behaves")).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @EnumSource
  void postGoesThroughTheBindingOnceWithItsBody(Style style) {
    int before = fleet.runs("behaves");
    WorkerResponse response =
        style.execute(behaves.post("/v1/orders").body("{\"item\":\"tea\"}", "application/json"));
    assertThat(response.string())
        .contains("\"method\":\"POST\"")
        .contains("\"text\":\"{\\\"item\\\":\\\"tea\\\"}\"")
        .contains("\"content-type\":\"application/json\"");
    assertThat(fleet.runs("behaves")).isEqualTo(before + 1);
  }

  @Test
  void theTargetSeesNothingOfTheProxysCredentials() {
    String seen = behaves.get("/echo").header("Authorization", "own").execute().string();
    assertThat(seen).contains("\"authorization\":\"own\"").doesNotContain(RealFleet.TOKEN);
    assertThat(seen.toLowerCase(Locale.ROOT)).doesNotContain("binding-proxy-");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 404, 412, 500, 503})
  void aStatusOfTheTargetsOwnIsAnAnswer(int status) {
    WorkerResponse response = behaves.get("/status/{code}", status).execute();
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.route()).isEqualTo("binding-proxy");
    assertThat(response.attempts()).hasSize(1);
  }

  @Test
  void aRedirectIsAnAnswerAndNotFollowed() {
    WorkerResponse response = behaves.get("/redirect").execute();
    assertThat(response.status()).isEqualTo(302);
    assertThat(response.header("Location")).isEqualTo("../elsewhere?x=1");
  }

  @Test
  void twoCookiesStayTwo() {
    assertThat(behaves.get("/cookies").execute().headers().get("Set-Cookie"))
        .containsExactly("a=1; Path=/", "b=2; Expires=Wed, 21 Oct 2099 07:28:00 GMT");
  }

  @Test
  void gzipIsUnpacked() {
    assertThat(behaves.get("/gzip").execute().string()).isEqualTo("hello gzip ".repeat(100));
  }

  @Test
  void aDurableObjectIsReachedByNameAndById() {
    WorkerService room = client.service("ROOMS").durableObject("room ü/" + System.nanoTime());
    String first = room.get("/").execute().string();
    String second = room.get("/").execute().string();
    assertThat(first).contains("\"visits\":1");
    assertThat(second).contains("\"visits\":2");

    String id = first.replaceAll("(?s).*\"id\":\"([0-9a-f]{64})\".*", "$1");
    assertThat(client.service("ROOMS").durableObjectId(id).get("/").execute().string())
        .contains("\"visits\":3");
  }

  @Test
  void aStreamOfEventsArrivesWhole() throws Exception {
    try (StreamingResponse response = behaves.get("/sse").executeStreaming()) {
      assertThat(response.header("Content-Type")).isEqualTo("text/event-stream");
      List<String> lines =
          new String(response.stream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).contains("data: event 1", "data: event 2", "data: event 3").hasSize(9);
    }
  }
}
