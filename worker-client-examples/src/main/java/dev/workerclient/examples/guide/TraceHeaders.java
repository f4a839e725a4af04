package dev.workerclient.examples.guide;

import dev.workerclient.AttemptInfo;
import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Continues the caller's trace: each attempt has a span of its own in {@code traceparent}. */
final class TraceHeaders implements CallListener {
  private final Supplier<String> currentTrace;

  /** Takes what returns the trace id of the calling thread, 32 hexadecimal digits. */
  TraceHeaders(Supplier<String> currentTrace) {
    this.currentTrace = currentTrace;
  }

  @Override
  public void callCreated(CallInfo call) {
    call.attach(Trace.class, new Trace(currentTrace.get()));
  }

  @Override
  public void attemptStarted(CallInfo call, AttemptInfo attempt) {
    Trace trace = call.attached(Trace.class);
    if (trace != null) {
      attempt.header("traceparent", "00-" + trace.id() + "-" + newSpanId() + "-01");
    }
  }

  private static String newSpanId() {
    return String.format("%016x", ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
  }

  private record Trace(String id) {}
}
