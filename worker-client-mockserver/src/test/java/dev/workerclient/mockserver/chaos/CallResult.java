package dev.workerclient.mockserver.chaos;

import dev.workerclient.WorkerResponse;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param from when it was sent, by {@link System#nanoTime}
 * @param to when its future completed
 * @param failure null where it was answered
 * @param whole whether the answer is the one that was due, to its last byte
 */
record CallResult(
    PlannedCall call,
    long from,
    long to,
    List<Attempt> attempts,
    @Nullable Throwable failure,
    boolean whole) {

  static CallResult of(
      PlannedCall call,
      long from,
      long to,
      @Nullable WorkerResponse response,
      @Nullable Throwable thrown) {
    if (response != null) {
      boolean whole = response.status() == 200 && response.string().equals(call.answer());
      return new CallResult(call, from, to, response.attempts(), null, whole);
    }
    Throwable failure =
        thrown instanceof CompletionException e && e.getCause() != null ? e.getCause() : thrown;
    List<Attempt> attempts = failure instanceof WorkerException e ? e.attempts() : List.of();
    return new CallResult(call, from, to, attempts, failure, false);
  }

  boolean isAnswered() {
    return failure == null;
  }

  Duration elapsed() {
    return Duration.ofNanos(to - from);
  }

  /** What became of it, in a word. */
  String outcome() {
    return failure == null ? "answered" : failure.getClass().getSimpleName();
  }

  @Override
  public String toString() {
    return call
        + " "
        + outcome()
        + " in "
        + elapsed().toMillis()
        + " ms, "
        + attempts
        + (failure == null ? "" : ", caused by " + failure.getCause());
  }
}
