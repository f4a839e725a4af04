package dev.workerclient.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockAnswer;
import dev.workerclient.mockserver.MockWorkers;
import dev.workerclient.spring.boot.test.AutoConfigureMockWorkers;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.ActiveProfiles;

/** The application over HTTP, with its Workers on loopback. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"PROXY_TOKEN=a-proxy-token", "ORDERS_TOKEN=an-orders-token"})
@AutoConfigureMockWorkers
@ActiveProfiles("staging")
class ShopTest {
  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @Autowired MockWorkers workers;
  @Autowired EndedSpans spans;

  @Test
  void anOrderComesByTheHttpInterfaceOverTheRouteThatServes() throws Exception {
    MockedShop.script(workers);
    workers.service("CATALOG").optional();
    assertThat(get("/orders/7", 200))
        .contains("\"id\":\"7\"", "\"placedAt\":\"2026-11-29T10:15:30Z\"");
    assertThat(workers.service("ORDERS").customDomain().requests().get(0).header("Authorization"))
        .isEqualTo("Bearer an-orders-token");
  }

  @Test
  void aFailureIsAProblemDetail() throws Exception {
    workers.service("CATALOG").binding().fails(Fault.bindingMissing());
    assertThat(get("/items/7", 502))
        .contains("\"title\":\"Bad Gateway\"")
        .doesNotContain("CATALOG", "binding");
  }

  @Test
  void healthIsUpWhileOneRouteServes() throws Exception {
    MockedShop.script(workers);
    assertThat(get("/actuator/health", 200)).contains("\"degraded\":true", "BINDING_NOT_FOUND");
    assertThat(get("/actuator/workers/CATALOG", 200)).contains("\"passed\":true");
  }

  @Test
  void callsAreMeasured() throws Exception {
    workers.service("CATALOG").binding().answers(MockAnswer.json("{\"id\":\"7\"}"));
    get("/items/7", 200);
    assertThat(get("/actuator/prometheus", 200))
        .containsPattern(
            "worker_client_call_seconds_count\\{[^}]*operation=\"GET /v1/items/\\{id\\}\"")
        .contains("worker_client_breaker_state");
  }

  @Test
  void anAsyncCallsSpansBelongToItsRequest() throws Exception {
    workers.service("CATALOG").binding().answers(MockAnswer.json("{\"id\":\"7\"}"));
    get("/items/7/later", 200);
    String sent = workers.service("CATALOG").binding().requests().get(0).header("traceparent");
    SpanData attempt = spans.await(span -> sent.contains(span.getSpanId()));
    SpanData call = spans.await(span -> span.getSpanId().equals(attempt.getParentSpanId()));
    SpanData request = spans.await(span -> span.getSpanId().equals(call.getParentSpanId()));
    assertThat(request.getKind()).isEqualTo(SpanKind.SERVER);
  }

  @Test
  void thereIsNoGlueAndNoJackson2Databind() throws IOException {
    try (InputStream yaml = Shop.class.getResourceAsStream("/application.yaml")) {
      assertThat(new String(yaml.readAllBytes(), StandardCharsets.UTF_8).lines())
          .hasSizeLessThanOrEqualTo(25);
    }
    assertThat(Shop.class.getResource("/com/fasterxml/jackson/databind/ObjectMapper.class"))
        .isNull();
    assertThat(Shop.class.getResource("/tools/jackson/databind/ObjectMapper.class")).isNotNull();
  }

  private String get(String path, int status) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer.body();
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Tracing {
    @Bean
    EndedSpans spans() {
      return new EndedSpans();
    }
  }

  /** Spans in the order in which they end: a server's after its response was sent. */
  static final class EndedSpans implements SpanProcessor {
    private final BlockingQueue<SpanData> ended = new LinkedBlockingQueue<>();

    /** Waits for that span, and drops those that ended before. */
    SpanData await(Predicate<SpanData> wanted) throws InterruptedException {
      SpanData next;
      do {
        next = ended.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("a span that ends within 10 seconds").isNotNull();
      } while (!wanted.test(next));
      return next;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      ended.add(span.toSpanData());
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }
}
