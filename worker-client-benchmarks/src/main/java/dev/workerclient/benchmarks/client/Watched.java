package dev.workerclient.benchmarks.client;

import dev.workerclient.micrometer.WorkerMetrics;
import dev.workerclient.micrometer.WorkerObservations;
import dev.workerclient.opentelemetry.WorkerTelemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/**
 * Ours with metrics or traces; every call is sampled, and its spans are dropped at the exporter.
 */
final class Watched {
  private Watched() {}

  static TestedClient byMetrics(String origin) {
    return WorkerClients.with(origin, WorkerMetrics.of(new SimpleMeterRegistry()));
  }

  static TestedClient byTelemetry(String origin) {
    return WorkerClients.with(origin, WorkerTelemetry.of(sdk()));
  }

  static TestedClient byMetricsAndTelemetry(String origin) {
    return WorkerClients.with(
        origin, WorkerMetrics.of(new SimpleMeterRegistry()), WorkerTelemetry.of(sdk()));
  }

  static TestedClient byObservations(String origin) {
    return WorkerClients.with(
        origin, WorkerObservations.of(observations(sdk(), new SimpleMeterRegistry())));
  }

  static TestedClient byHand(String origin) {
    return new ObservedByHand(observations(sdk(), new SimpleMeterRegistry()), origin);
  }

  private static OpenTelemetrySdk sdk() {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(
            SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(new Dropping()).build())
                .build())
        .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
        .build();
  }

  /** As Spring Boot sets it up. */
  private static ObservationRegistry observations(OpenTelemetrySdk sdk, MeterRegistry meters) {
    Tracer tracer = sdk.getTracer("application");
    OtelTracer bridge = new OtelTracer(tracer, new OtelCurrentTraceContext(), event -> {});
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(meters))
        .observationHandler(
            new FirstMatchingCompositeObservationHandler(
                new PropagatingSenderTracingObservationHandler<>(
                    bridge, new OtelPropagator(sdk.getPropagators(), tracer)),
                new DefaultTracingObservationHandler(bridge)));
    return registry;
  }

  private static final class Dropping implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
