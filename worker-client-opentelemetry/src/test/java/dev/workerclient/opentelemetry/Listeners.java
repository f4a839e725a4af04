package dev.workerclient.opentelemetry;

import dev.workerclient.CallListener;
import dev.workerclient.micrometer.WorkerObservations;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelBaggageManager;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;

/** The two ways to spans. */
enum Listeners {
  OPENTELEMETRY {
    @Override
    CallListener listener(OpenTelemetry openTelemetry) {
      return WorkerTelemetry.of(openTelemetry);
    }
  },
  MICROMETER {
    @Override
    CallListener listener(OpenTelemetry openTelemetry) {
      return WorkerObservations.of(observations(openTelemetry));
    }
  };

  abstract CallListener listener(OpenTelemetry openTelemetry);

  /** Observations that Micrometer's bridge makes spans of, as Spring Boot sets it up. */
  static ObservationRegistry observations(OpenTelemetry openTelemetry) {
    Tracer tracer = openTelemetry.getTracer("application");
    OtelCurrentTraceContext current = new OtelCurrentTraceContext();
    OtelTracer bridge =
        new OtelTracer(
            tracer, current, event -> {}, new OtelBaggageManager(current, List.of(), List.of()));
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(
            new FirstMatchingCompositeObservationHandler(
                new PropagatingSenderTracingObservationHandler<>(
                    bridge, new OtelPropagator(openTelemetry.getPropagators(), tracer)),
                new DefaultTracingObservationHandler(bridge)));
    return registry;
  }
}
