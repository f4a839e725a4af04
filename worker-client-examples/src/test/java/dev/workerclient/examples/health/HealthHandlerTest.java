package dev.workerclient.examples.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerclient.WorkerClient;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkersExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dashboard's server answers, over HTTP. */
@Timeout(60)
class HealthHandlerTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  private static final MockAnswer WELL = MockAnswer.json("{}");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable HealthServer server;
  private @Nullable WorkerClient client;

  @BeforeEach
  void script() {
    workers.service("ORDERS").optional().binding().answers(WELL);
    workers.service("ORDERS").customDomain().answers(WELL);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    if (client != null) {
      client.close();
    }
  }

  @Test
  void servicesThatAreUpAreA200() throws Exception {
    HttpResponse<String> response = get("/health/bindings");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    JsonNode report = new ObjectMapper().readTree(response.body());
    assertThat(report.path("status").asText()).isEqualTo("up");
    assertThat(report.at("/services/0/service").asText()).isEqualTo("ORDERS");
    assertThat(report.at("/services/0/routes/1/route").asText()).isEqualTo("custom-domain");
  }

  @Test
  void aServiceThatLivesByItsFallbackIsA200() throws Exception {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    HttpResponse<String> response = get("/health/bindings");
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode report = new ObjectMapper().readTree(response.body());
    assertThat(report.path("status").asText()).isEqualTo("degraded");
    assertThat(report.at("/services/0/routes/0/failure").asText()).isEqualTo("BINDING_NOT_FOUND");
  }

  @Test
  void aServiceThatIsDownIsA503WithAReport() throws Exception {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers.service("ORDERS").customDomain().fails(Fault.error1042());
    HttpResponse<String> response = get("/health/bindings");
    assertThat(response.statusCode()).isEqualTo(503);
    JsonNode report = new ObjectMapper().readTree(response.body());
    assertThat(report.path("status").asText()).isEqualTo("down");
    assertThat(report.at("/services/0/routes/1/failure").asText()).isEqualTo("ERROR_1042");
  }

  @ParameterizedTest
  @CsvSource({
    "/health, text/html; charset=utf-8",
    "/health/page.js, text/javascript; charset=utf-8",
    "/health/page.css, text/css; charset=utf-8"
  })
  void nothingIsReadAsAnotherTypeOrLoadsFromElsewhere(String path, String type) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(type);
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe", "http:", "https:", "*");
    assertThat(response.body()).doesNotContain("://");
  }

  @Test
  void aDiagnosisSaysWhichStepFailed() throws Exception {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    HttpResponse<String> response = get("/health/diagnosis?x=1&service=ORDERS");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).startsWith("ORDERS: 1 route fails").contains("FAIL  binding ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?service=", "?service=NOPE", "?service=%3Cscript%3E", "?other=A"})
  void aDiagnosisOfAnUnknownServiceListsTheKnown(String query) throws Exception {
    HttpResponse<String> response = get("/health/diagnosis" + query);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(response.body()).contains("known are [ORDERS]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthx", "/health/", "/health/page.html", "/health/../health"})
  void anotherPathIsA404(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void anotherMethodIsA405AndAsksNobody(String method) throws Exception {
    HttpResponse<String> response = send(method, "/health/bindings");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
    assertThat(workers.service("ORDERS").executions()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/bindings", "/nope"})
  void aHeadIsAnsweredAsAGetWithoutItsBody(String path) throws Exception {
    HttpResponse<String> head = send("HEAD", path);
    HttpResponse<String> get = get(path);
    assertThat(head.statusCode()).isEqualTo(get.statusCode());
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(get.headers().firstValue("Content-Length"));
  }

  @Test
  void aRouteThatHangsDoesNotKeepThePageWaiting() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    workers
        .service("ORDERS")
        .binding()
        .answers(
            request -> {
              asked.countDown();
              await(mayAnswer);
              return WELL;
            });
    var report = http.sendAsync(request("GET", "/health/bindings"), BodyHandlers.ofString());
    await(asked);

    assertThat(get("/health").statusCode()).isEqualTo(200);
    assertThat(report).isNotDone();

    mayAnswer.countDown();
    assertThat(report.get().statusCode()).isEqualTo(200);
  }

  @Test
  void markupOfARemoteIsJsonTextAndPlainText() throws Exception {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    workers.service("ORDERS").customDomain().answers(HostileText.answer());
    HttpResponse<String> report = get("/health/bindings");
    assertThat(report.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(new ObjectMapper().readTree(report.body()).at("/services/0/routes/1").toString())
        .contains("<script>");
    HttpResponse<String> text = get("/health/diagnosis?service=ORDERS");
    assertThat(text.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(text.body()).contains("<script>");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return http.send(request(method, path), BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path) throws IOException {
    HealthServer running = server == null ? start() : server;
    return HttpRequest.newBuilder(URI.create(running.url() + path))
        .method(method, BodyPublishers.noBody())
        .timeout(Duration.ofSeconds(30))
        .build();
  }

  private HealthServer start() throws IOException {
    Duration longest = Duration.ofSeconds(20);
    client = workers.builder().attemptTimeout(longest).healthTimeout(longest).build();
    server = HealthServer.start(client, 0);
    return server;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
