package dev.workerclient.opentelemetry;

import dev.workerclient.AttemptInfo;
import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.instrumentation.api.semconv.http.HttpClientAttributesExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpClientMetrics;
import io.opentelemetry.instrumentation.api.semconv.http.HttpSpanStatusExtractor;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Creates a span for each call with a child span for each attempt, and sends trace headers with
 * each attempt. Also records the metric {@code http.client.request.duration} for attempts.
 * Thread-safe.
 *
 * <p>The parent of a call's span is the current span of the thread that makes the call, also if the
 * call is async and queued. While a call or attempt runs, its span is current on the thread that
 * runs it. OpenTelemetry's OkHttp instrumentation then does not create spans.
 *
 * <p>Add only one to a client; further ones do nothing.
 */
public final class WorkerTelemetry implements CallListener {
  private static final String NAME = "dev.workerclient";

  private final Tracer tracer;
  private final Instrumenter<Sent, Attempt> attempts;
  private final boolean queryValues;

  private WorkerTelemetry(Builder builder) {
    AttemptAttributes attributes = new AttemptAttributes();
    this.tracer = builder.openTelemetry.getTracer(NAME);
    this.attempts =
        Instrumenter.<Sent, Attempt>builder(
                builder.openTelemetry, NAME, WorkerTelemetry::attemptName)
            .addAttributesExtractor(HttpClientAttributesExtractor.create(attributes))
            .addAttributesExtractor(attributes)
            .setSpanStatusExtractor(HttpSpanStatusExtractor.create(attributes))
            .addOperationMetrics(HttpClientMetrics.get())
            .buildClientInstrumenter(Sent::setHeader);
    this.queryValues = builder.queryValues;
  }

  /** Returns a listener that uses that OpenTelemetry. */
  public static WorkerTelemetry of(OpenTelemetry openTelemetry) {
    return builder(openTelemetry).build();
  }

  /** Returns a builder of a listener that uses that OpenTelemetry. */
  public static Builder builder(OpenTelemetry openTelemetry) {
    return new Builder(Objects.requireNonNull(openTelemetry, "openTelemetry"));
  }

  private static String attemptName(Sent sent) {
    CallInfo call = sent.call();
    return Sent.template(call) == null ? call.method() : call.operationTag();
  }

  @Override
  public void callCreated(CallInfo call) {
    if (call.attached(TracedCall.class) != null) {
      return;
    }
    Context caller = Context.current();
    Span span =
        tracer
            .spanBuilder(call.service() + " " + call.operationTag())
            .setParent(caller)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(AttemptAttributes.SERVICE, call.service())
            .setAttribute(AttemptAttributes.OPERATION, call.operationTag())
            .startSpan();
    call.attach(TracedCall.class, new TracedCall(this, caller, span));
  }

  @Override
  public void callStarted(CallInfo call) {
    TracedCall traced = traced(call);
    if (traced != null) {
      traced.started();
    }
  }

  @Override
  public void attemptStarted(CallInfo call, AttemptInfo attempt) {
    TracedCall traced = traced(call);
    if (traced != null) {
      String url = queryValues ? attempt.url() : attempt.redactedUrl();
      traced.attemptStarted(attempts, new Sent(call, attempt, url));
    }
  }

  @Override
  public void attemptEnded(CallInfo call, Attempt attempt) {
    TracedCall traced = traced(call);
    if (traced != null) {
      traced.attemptEnded(attempts, attempt);
    }
  }

  @Override
  public void callEnded(
      CallInfo call, Duration elapsed, List<Attempt> made, @Nullable WorkerException failure) {
    TracedCall traced = traced(call);
    if (traced != null) {
      traced.ended(attempts, made, failure);
    }
  }

  private @Nullable TracedCall traced(CallInfo call) {
    TracedCall traced = call.attached(TracedCall.class);
    return traced == null || traced.owner != this ? null : traced;
  }

  /** Builds a {@link WorkerTelemetry}. Not thread-safe. */
  public static final class Builder {
    private final OpenTelemetry openTelemetry;
    private boolean queryValues;

    private Builder(OpenTelemetry openTelemetry) {
      this.openTelemetry = openTelemetry;
    }

    /**
     * Sets whether {@code url.full} contains query values, which may be personal or secret.
     * Default: false, each value is {@code REDACTED}.
     */
    public Builder queryValues(boolean shown) {
      this.queryValues = shown;
      return this;
    }

    /** Returns the listener. */
    public WorkerTelemetry build() {
      return new WorkerTelemetry(this);
    }
  }
}
