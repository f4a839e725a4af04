package dev.workerclient.opentelemetry;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one call, and the scopes that they have open. A hedge's events come on a thread of
 * its own, beside those of the attempt that it hedges.
 */
@SuppressWarnings("MustBeClosedChecker") // Another event closes them, on the same thread.
final class TracedCall {
  /** Who made it: of two listeners of this kind the first one sees the call. */
  final WorkerTelemetry owner;

  private final Span span;
  private final Context context;
  private @Nullable Scope scope;

  /** By number. */
  private final Map<Integer, TracedAttempt> attempts = new ConcurrentHashMap<>(2);

  private record TracedAttempt(Sent sent, Context context, Scope scope, Thread thread) {}

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
    Scope current = started.makeCurrent();
    attempts.put(
        next.attempt().number(), new TracedAttempt(next, started, current, Thread.currentThread()));
  }

  /** Ends the attempt of that number, if it began. */
  void attemptEnded(Instrumenter<Sent, Attempt> instrumenter, Attempt result) {
    TracedAttempt ended = attempts.remove(result.number());
    if (ended != null) {
      end(instrumenter, ended, result);
    }
  }

  private static void end(
      Instrumenter<Sent, Attempt> instrumenter, TracedAttempt ended, @Nullable Attempt result) {
    ended.scope.close();
    instrumenter.end(ended.context, ended.sent, result, null);
  }

  /** Ends what ended without a result on this thread; a hedge's own will still end it. */
  private void endRest(Instrumenter<Sent, Attempt> instrumenter) {
    for (TracedAttempt left : List.copyOf(attempts.values())) {
      if (left.thread == Thread.currentThread()) {
        attempts.values().remove(left);
        end(instrumenter, left, null);
      }
    }
  }

  void ended(
      Instrumenter<Sent, Attempt> instrumenter,
      List<Attempt> made,
      @Nullable WorkerException failure) {
    try {
      endRest(instrumenter);
    } finally { // A span processor that throws leaves no scope open.
      close(scope);
      scope = null;
    }
    if (!made.isEmpty()) {
      Attempt last = made.get(made.size() - 1);
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
