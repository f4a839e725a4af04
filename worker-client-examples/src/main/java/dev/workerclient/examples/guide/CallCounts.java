package dev.workerclient.examples.guide;

import dev.workerclient.CallInfo;
import dev.workerclient.CallListener;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts attempts by service, operation, route and outcome, and calls by service, operation and
 * outcome: what a metrics library is told in the same two methods. Thread-safe.
 */
final class CallCounts implements CallListener {
  private final Map<List<String>, LongAdder> counters = new ConcurrentHashMap<>();

  @Override
  public void attemptEnded(CallInfo call, Attempt attempt) {
    String failure = attempt.failure();
    String outcome = failure == null ? "ANSWERED" : failure;
    counter("attempts", call.service(), call.operationTag(), attempt.route(), outcome).increment();
  }

  @Override
  public void callEnded(
      CallInfo call, Duration elapsed, List<Attempt> attempts, @Nullable WorkerException failure) {
    String outcome = failure == null ? "ANSWERED" : failure.serviceError().code();
    counter("calls", call.service(), call.operationTag(), outcome).increment();
  }

  /** Returns the count under that name and those tags. */
  long count(String name, String... tags) {
    return counter(name, tags).sum();
  }

  private LongAdder counter(String name, String... tags) {
    return counters.computeIfAbsent(key(name, tags), unused -> new LongAdder());
  }

  private static List<String> key(String name, String... tags) {
    return List.of(name, String.join(" | ", tags));
  }
}
