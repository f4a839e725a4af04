package dev.workerclient.examples.guide;

import dev.workerclient.WorkerClient;
import dev.workerclient.micrometer.DefaultWorkerAttemptObservationConvention;
import dev.workerclient.micrometer.WorkerAttemptContext;
import dev.workerclient.micrometer.WorkerMetrics;
import dev.workerclient.micrometer.WorkerObservations;
import dev.workerclient.opentelemetry.WorkerTelemetry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;

/** The code of docs/observability.md. */
final class ObservabilityGuide {
  private ObservabilityGuide() {}

  static WorkerClient metrics(WorkerClient.Builder builder, MeterRegistry registry) {
    WorkerMetrics metrics = WorkerMetrics.of(registry);
    WorkerClient client = builder.listener(metrics).build();
    metrics.bindTo(client);
    return client;
  }

  static WorkerClient observations(
      WorkerClient.Builder builder, ObservationRegistry observations, MeterRegistry registry) {
    WorkerMetrics metrics = WorkerMetrics.builder(registry).timers(false).build();
    WorkerClient client =
        builder.listener(WorkerObservations.of(observations)).listener(metrics).build();
    metrics.bindTo(client);
    return client;
  }

  static WorkerObservations withTenant(ObservationRegistry observations, String tenant) {
    return WorkerObservations.builder(observations)
        .attemptConvention(
            new DefaultWorkerAttemptObservationConvention() {
              @Override
              public KeyValues getHighCardinalityKeyValues(WorkerAttemptContext context) {
                return super.getHighCardinalityKeyValues(context).and("tenant", tenant);
              }
            })
        .build();
  }

  static WorkerClient telemetry(WorkerClient.Builder builder, OpenTelemetry openTelemetry) {
    WorkerClient client = builder.listener(WorkerTelemetry.of(openTelemetry)).build();
    return client;
  }

  static WorkerClient breakers(WorkerClient.Builder builder, MeterRegistry registry) {
    CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
    TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(breakers).bindTo(registry);
    WorkerClient client = builder.circuitBreakerRegistry(breakers).build();
    return client;
  }
}
