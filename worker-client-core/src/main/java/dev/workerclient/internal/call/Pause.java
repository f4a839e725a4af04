package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.TransportFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is looked at where no attempt is under way: cancellation, interrupt and deadline. */
final class Pause {
  /** No further attempt starts with less than this left of the deadline. */
  private static final Duration LEAST = Duration.ofMillis(50);

  private Pause() {}

  /** Why the call ends before its first attempt, or null where it may begin. */
  static @Nullable Failure beforeFirst(Call call) {
    return call.nanosLeft() <= 0 ? queueTimeout() : stop(call);
  }

  /** Why the call was told to stop, or null where it was not. */
  static @Nullable Failure stop(Call call) {
    if (!call.cancellation().isCancelled() && !Thread.currentThread().isInterrupted()) {
      return null;
    }
    return cancelled();
  }

  /** That the call was told to stop. */
  static Failure cancelled() {
    return TransportFailure.cancelled()
        .delivery(Delivery.NOT_DELIVERED, "no attempt was under way")
        .build();
  }

  /**
   * Whether the same route may be tried again: body, number of attempts, time, and nobody told the
   * call to stop.
   */
  static boolean allowsAnotherAttempt(Call call) {
    return call.outgoing().canBeSent()
        && call.mayAttempt()
        && leavesTime(call)
        && stop(call) == null;
  }

  /** Whether enough of the deadline is left for one more attempt. */
  static boolean leavesTime(Call call) {
    return leavesTimeAfter(call, Duration.ZERO);
  }

  /** Whether enough of the deadline is left for one more attempt after that wait. */
  static boolean leavesTimeAfter(Call call, Duration wait) {
    return call.timeLeft().minus(wait).compareTo(LEAST) >= 0;
  }

  static Failure queueTimeout() {
    return Failure.builder(
            FailureKind.WORKER_TIMEOUT, "the call's time was up before its first attempt")
        .diagnosis(
            "as many async calls as maxConcurrentCalls allows were under way, or the executor had"
                + " no thread for this one",
            "raise maxConcurrentCalls, the executor's threads or callTimeout, or send fewer calls"
                + " at once")
        .delivery(Delivery.NOT_DELIVERED, "no attempt was made")
        .helps(true, false)
        .phase(WorkerTimeoutException.Phase.QUEUE)
        .build();
  }
}
