package dev.workerclient.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.workerclient.WorkerClient;
import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import dev.workerclient.mockserver.Fault;
import dev.workerclient.mockserver.MockWorkersExtension;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The meters of resilience4j's own module, beside ours in one registry. */
@Timeout(60)
class ResilienceMetersTest {
  @RegisterExtension static final MockWorkersExtension workers = MockWorkersExtension.create();

  @Test
  void resilience4jsOwnMetersAreThereBesideOurs() {
    workers.service("ORDERS").binding().fails(Fault.bindingMissing());
    MeterRegistry registry = new SimpleMeterRegistry();
    CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    RetryRegistry retries = RetryRegistry.ofDefaults();
    TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(registry);
    TaggedRetryMetrics.ofRetryRegistry(retries).bindTo(registry);
    WorkerMetrics metrics = WorkerMetrics.of(registry);
    try (WorkerClient client =
        workers
            .builder()
            .circuitBreakerRegistry(breakers)
            .retryRegistry(retries)
            .listener(metrics)
            .build()) {
      metrics.bindTo(client);
      WorkerService orders = client.service("ORDERS");

      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(WorkerException.class)
            .isThrownBy(() -> orders.get("/").execute());
      }

      assertThat(
              registry
                  .get("resilience4j.circuitbreaker.state")
                  .tags("name", "ORDERS.binding-proxy", "state", "open")
                  .gauge()
                  .value())
          .isEqualTo(1);
      assertThat(
              registry
                  .get("worker.client.breaker.state")
                  .tags("service", "ORDERS", "route", "binding-proxy", "state", "open")
                  .gauge()
                  .value())
          .isEqualTo(1);
      assertThat(
              registry
                  .get("resilience4j.retry.calls")
                  .tags("name", "ORDERS", "kind", "failed_without_retry")
                  .functionCounter()
                  .count())
          .isEqualTo(2);
    }
  }
}
