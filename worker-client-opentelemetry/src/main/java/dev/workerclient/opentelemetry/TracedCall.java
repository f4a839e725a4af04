package dev.workerclient.opentelemetry;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The spans of one call, and the scopes that they have open. One thread at a time. */
@SuppressWarnings("MustBeClosedChecker") // Another event closes them, on the same thread.
final class TracedCall {
  /** Who made it: of two listeners of this kind the first one sees the call. */
  final WorkerTelemetry owner;

  private final Span span;
  private final Context context;
  private @Nullable Scope scope;

  private @Nullable Sent sent;
  private @Nullable Context attempt;
  private @Nullable Scope attemptScope;

  /** With the span of a call that was made in the context. */
  TracedCall(WorkerTelemetry owner, Context caller, Span span) {
    this.owner = owner;
    this.span = span;
    this.context = caller.with(span);
  }

  /** Begins to run, on the thread that will also end it. */
  void started() {
    scope = context.makeCurrent();
  }

  void attemptStarted(Instrumenter<Sent, Attempt> instrumenter, Sent next) {
    // Also below another HTTP client's span, an adapter's: that is not of this request.
    Context started = instrumenter.start(context, next);
    sent = next;
    attempt = started;
    attemptScope = started.makeCurrent();
  }

  /** Ends the attempt that is under way, if any; null for one that ended without a result. */
  void attemptEnded(Instrumenter<Sent, Attempt> instrumenter, @Nullable Attempt result) {
    Context ending = attempt;
    Sent ended = sent;
    if (ending == null || ended == null) {
      return;
    }
    attempt = null;
    close(attemptScope);
    attemptScope = null;
    instrumenter.end(ending, ended, result, null);
  }

  void ended(
      Instrumenter<Sent, Attempt> instrumenter,
      List<Attempt> attempts,
      @Nullable WorkerException failure) {
    try {
      attemptEnded(instrumenter, null);
    } finally { // A span processor that throws leaves no scope open.
      close(scope);
      scope = null;
    }
    if (!attempts.isEmpty()) {
      Attempt last = attempts.get(attempts.size() - 1);
      span.setAttribute(AttemptAttributes.ROUTE, last.route());
      span.setAttribute(AttemptAttributes.DELIVERY, last.delivery().name());
      span.setAttribute(AttemptAttributes.RAY, last.rayId());
    }
    if (failure != null) {
      String code = failure.serviceError().code();
      span.setAttribute(AttemptAttributes.DELIVERY, failure.delivery().name());
      span.setAttribute(AttemptAttributes.ERROR_TYPE, code);
      span.setStatus(StatusCode.ERROR, code);
      span.recordException(failure);
    }
    span.end();
  }

  private static void close(@Nullable Scope open) {
    if (open != null) {
      open.close();
    }
  }
}
