package dev.workerclient.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.health.BreakerState;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application over HTTP: health, the endpoint workers, secrets, problem details, metrics. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "worker-client.binding-proxy.access-service-token.id=an-access-id",
      "worker-client.binding-proxy.access-service-token.secret=an-access-secret",
      "worker-client.services.ORDERS.custom-domain.bearer-token=${a.token.elsewhere}",
      "worker-client.services.ORDERS.custom-domain.headers.X-Api-Key=a-secret-key-1",
      "worker-client.services.ORDERS.headers.X-Api-Key=a-secret-key-2",
      "worker-client.headers.X-Api-Key=a-secret-key-3",
      "worker-client.retry.first-backoff=1ms",
      "a.token.elsewhere=a-secret-token",
      "management.endpoints.web.exposure.include=*",
      "management.endpoint.health.show-details=always",
      "management.endpoint.health.probes.enabled=true",
      "management.endpoint.env.show-values=always",
      "management.endpoint.configprops.show-values=always"
    })
class ActuatorTest {
  private static final MockWorkers WORKERS = MockWorkers.start();

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @Autowired WorkerClient client;

  @DynamicPropertySource
  static void workers(DynamicPropertyRegistry registry) {
    registry.add("worker-client.binding-proxy.url", WORKERS::proxyUrl);
    registry.add("worker-client.binding-proxy.bearer-token", WORKERS::proxyToken);
    registry.add(
        "worker-client.services.ORDERS.custom-domain.url", () -> WORKERS.customDomainUrl("ORDERS"));
    registry.add("worker-client.services.CATALOG.health-path", () -> "/health");
  }

  @BeforeEach
  void reset() {
    WORKERS.reset();
    client.resetBreakers();
    client.resetRetryBudgets();
  }

  @AfterAll
  static void stop() {
    WORKERS.reset();
    WORKERS.close();
  }

  @Test
  void aServiceWithOneRouteThatServesIsUp() throws Exception {
    WORKERS.service("ORDERS").binding().fails(Fault.bindingMissing());
    WORKERS.service("ORDERS").customDomain().answers(MockAnswer.text("ok"));
    WORKERS.service("CATALOG").binding().answers(MockAnswer.text("ok"));
    String health = get("/actuator/health", 200);
    assertThat(health)
        .contains("\"workerClient\"", "\"degraded\":true", "BINDING_NOT_FOUND")
        .doesNotContain(WORKERS.proxyToken(), "a-secret", "an-access-secret");
    assertThat(get("/actuator/health/workerClient/ORDERS", 200)).contains("\"status\":\"UP\"");
    assertThat(get("/actuator/health/liveness", 200)).doesNotContain("workerClient");
    assertThat(get("/actuator/health/readiness", 200)).doesNotContain("workerClient");
    assertThat(get("/actuator/workers", 200))
        .contains("\"status\":\"degraded\"", "\"breaker\":\"closed\"")
        .doesNotContain(WORKERS.proxyToken(), "a-secret", "an-access-secret");
    assertThat(get("/actuator/workers/ORDERS", 200))
        .contains("\"passed\":false", "\"check\":\"binding\",\"result\":\"failed\"")
        .doesNotContain(WORKERS.proxyToken(), "a-secret", "an-access-secret");
    assertThat(send("GET", "/actuator/workers/NOBODY").statusCode()).isEqualTo(404);
  }

  @Test
  void breakersAreResetByAPost() throws Exception {
    WORKERS.service("ORDERS").binding().fails(Fault.bindingMissing());
    WORKERS.service("ORDERS").customDomain().answers(MockAnswer.text("ok"));
    WorkerService orders = client.service("ORDERS");
    for (int call = 0; call < 30; call++) {
      orders.get("/v1/orders").send();
    }
    assertThat(orders.breakerStates()).containsEntry("binding-proxy", BreakerState.OPEN);
    assertThat(send("POST", "/actuator/workers").statusCode()).isEqualTo(204);
    assertThat(orders.breakerStates()).containsEntry("binding-proxy", BreakerState.CLOSED);
  }

  @Test
  void secretsAreHiddenThoughValuesAreShown() throws Exception {
    String properties = get("/actuator/configprops", 200);
    String environment = get("/actuator/env", 200);
    String one = get("/actuator/env/worker-client.services.ORDERS.custom-domain.bearer-token", 200);
    assertThat(properties)
        .contains(WORKERS.proxyUrl(), "an-access-id", "\"bearerToken\":\"******\"");
    assertThat(environment).contains(WORKERS.proxyUrl(), "an-access-id", "a.token.elsewhere");
    for (String page : new String[] {properties, environment, one}) {
      assertThat(page)
          .doesNotContain(
              WORKERS.proxyToken(), "an-access-secret", "a-secret-token", "a-secret-key");
    }
  }

  @Test
  void aFailureIsAProblemDetailThatNamesNothingBehindIt() throws Exception {
    WORKERS.service("CATALOG").binding().fails(Fault.bindingMissing());
    HttpResponse<String> answer = send("GET", "/items");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .contains("\"title\":\"Bad Gateway\"", "\"code\":\"UPSTREAM_FAILED\"")
        .doesNotContain("CATALOG", "binding", "worker");
  }

  @Test
  void aRateLimitSaysWhenToTryAgain() throws Exception {
    WORKERS.service("CATALOG").binding().fails(Fault.error1015());
    HttpResponse<String> answer = send("GET", "/items");
    assertThat(answer.body()).contains("\"retryAfter\":");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void callsAreTimedByTheirTemplate() throws Exception {
    WORKERS.service("CATALOG").binding().answers(MockAnswer.text("ok"));
    get("/items", 200);
    assertThat(get("/actuator/metrics/worker.client.call?tag=service:CATALOG", 200))
        .contains("GET /v1/items/{id}");
    assertThat(get("/actuator/metrics", 200)).contains("worker.client.breaker.state");
  }

  private String get(String path, int status) throws Exception {
    HttpResponse<String> answer = send("GET", path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer.body();
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, BodyPublishers.noBody())
            .header("Content-Type", "application/json")
            .build(),
        BodyHandlers.ofString());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Items.class)
  static class App {}

  @RestController
  static class Items {
    private final WorkerService catalog;

    Items(WorkerClient client) {
      this.catalog = client.service("CATALOG");
    }

    @GetMapping("/items")
    String items() {
      return catalog.get("/v1/items/{id}", "7").fetch(String.class);
    }
  }
}
