package dev.workerclient.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.CallListener;
import dev.workerclient.WorkerClient;
import dev.workerclient.micrometer.WorkerMetrics;
import dev.workerclient.micrometer.WorkerObservations;
import dev.workerclient.mockserver.MockWorkersExtension;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Prometheus scrapes after six calls. */
@Timeout(60)
class ScrapeTest {
  private static final String TEMPLATE = "GET /v1/items/{id}";
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void ofMetrics() {
    WorkerMetrics metrics = WorkerMetrics.of(registry);

    String scrape = scrape(metrics, metrics);

    assertThat(scrape.lines()).containsAll(calls()).containsAll(state());
  }

  /** Observations make the timers, and metrics the rest. */
  @Test
  void ofObservationsBesideMetrics() {
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(registry));
    WorkerMetrics metrics = WorkerMetrics.builder(registry).timers(false).build();

    String scrape = scrape(metrics, WorkerObservations.of(observations), metrics);

    assertThat(scrape.lines()).containsAll(calls()).containsAll(state());
  }

  private static List<String> calls() {
    return List.of(
        count("call", "none", TEMPLATE, "SUCCESS", "binding-proxy", "CATALOG", 1),
        count("attempt", "none", TEMPLATE, "SUCCESS", "binding-proxy", "CATALOG", 1),
        count("call", "none", TEMPLATE, "SUCCESS", "custom-domain", "ORDERS", 1),
        count(
            "attempt",
            "FailedAttempt",
            TEMPLATE,
            "BINDING_NOT_FOUND",
            "binding-proxy",
            "ORDERS",
            1),
        count("attempt", "none", TEMPLATE, "SUCCESS", "custom-domain", "ORDERS", 1),
        count("call", "none", TEMPLATE, "SUCCESS", "binding-proxy", "MEDIA", 1),
        count("attempt", "FailedAttempt", TEMPLATE, "BINDING_PROXY", "binding-proxy", "MEDIA", 1),
        count("attempt", "none", TEMPLATE, "SUCCESS", "binding-proxy", "MEDIA", 1),
        count("call", "Error1042Exception", TEMPLATE, "ERROR_1042", "custom-domain", "LEGACY", 1),
        count("attempt", "FailedAttempt", TEMPLATE, "ERROR_1042", "custom-domain", "LEGACY", 1),
        count("call", "none", "owner, greet", "SUCCESS", "binding-proxy", "ACCOUNTS", 1),
        count("attempt", "none", "owner, greet", "SUCCESS", "binding-proxy", "ACCOUNTS", 1),
        count("call", "none", TEMPLATE, "SUCCESS", "binding-proxy", "STOCK", 2),
        count("attempt", "none", TEMPLATE, "SUCCESS", "binding-proxy", "STOCK", 2));
  }

  private static String count(
      String what,
      String error,
      String operation,
      String outcome,
      String route,
      String service,
      int count) {
    String tags =
        Stream.of(
                "error=\"" + error,
                "operation=\"" + operation,
                "outcome=\"" + outcome,
                "route=\"" + route,
                "service=\"" + service)
            .collect(Collectors.joining("\",", "{", "\"} "));
    return "worker_client_" + what + "_seconds_count" + tags + count;
  }

  private static List<String> state() {
    return List.of(
        "worker_client_fallbacks_total{cause=\"BINDING_NOT_FOUND\",operation=\"GET"
            + " /v1/items/{id}\",route=\"custom-domain\",service=\"ORDERS\"} 1.0",
        "worker_client_resends_total{cause=\"BINDING_PROXY\",operation=\"GET"
            + " /v1/items/{id}\",route=\"binding-proxy\",service=\"MEDIA\"} 1.0",
        "worker_client_breaker_state{route=\"binding-proxy\",service=\"ORDERS\",state=\"closed\"}"
            + " 1.0",
        "worker_client_breaker_state{route=\"custom-domain\",service=\"ORDERS\",state=\"open\"}"
            + " 0.0",
        "worker_client_retry_tokens{service=\"MEDIA\"} 486.0",
        "worker_client_async_active 0.0",
        "worker_client_async_queued 0.0",
        "worker_client_async_max 1.0");
  }

  private String scrape(WorkerMetrics metrics, CallListener... listeners) {
    Scenarios.scriptAll(workers);
    WorkerClient.Builder builder = workers.builder().maxConcurrentCalls(1);
    List.of(listeners).forEach(builder::listener);
    try (WorkerClient client = builder.build()) {
      metrics.bindTo(client);
      for (Scenarios scenario : Scenarios.values()) {
        scenario.run(client::service);
      }
      return registry.scrape();
    }
  }
}
