package dev.workerclient.opentelemetry;

import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An application's OpenTelemetry, whose spans stay in memory. */
final class Tracing implements AutoCloseable {
  private final InMemorySpanExporter memory = InMemorySpanExporter.create();
  private final OpenTelemetrySdk sdk;

  private Tracing(List<SpanExporter> others) {
    var provider = SdkTracerProvider.builder();
    provider.addSpanProcessor(SimpleSpanProcessor.create(memory));
    // In batches: of more than 5 exports at once, the OTLP exporter's own OkHttp loses some.
    others.forEach(other -> provider.addSpanProcessor(BatchSpanProcessor.builder(other).build()));
    this.sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(provider.build())
            .setPropagators(
                ContextPropagators.create(
                    TextMapPropagator.composite(
                        W3CTraceContextPropagator.getInstance(),
                        W3CBaggagePropagator.getInstance())))
            .build();
  }

  static Tracing inMemory() {
    return new Tracing(List.of());
  }

  static Tracing exportedTo(SpanExporter exporter) {
    return new Tracing(List.of(exporter));
  }

  OpenTelemetrySdk sdk() {
    return sdk;
  }

  /** The spans that have ended, in that order. */
  List<SpanData> spans() {
    return memory.getFinishedSpanItems();
  }

  /** Waits until all that has ended is exported. */
  void flush() {
    sdk.getSdkTracerProvider().forceFlush().join(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    sdk.close();
  }
}
