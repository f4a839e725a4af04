package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerTimeoutException;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.TransportFailure;
import org.jspecify.annotations.Nullable;

/** Why a call ends while no attempt is under way: cancellation, interrupt and deadline. */
final class Pause {
  private Pause() {}

  /** Why the call ends before its first attempt, or null where it may begin. */
  static @Nullable Failure beforeFirst(Call call) {
    return call.nanosLeft() <= 0 ? queueTimeout() : stop(call);
  }

  /** Why the call was told to stop, or null where it was not. */
  static @Nullable Failure stop(Call call) {
    return isStopped(call) ? cancelled() : null;
  }

  /** Whether the call was cancelled, or its thread interrupted. */
  static boolean isStopped(Call call) {
    return call.cancellation().isCancelled() || Thread.currentThread().isInterrupted();
  }

  /** That the call was told to stop. */
  static Failure cancelled() {
    return TransportFailure.cancelled()
        .delivery(Delivery.NOT_DELIVERED, "no attempt was under way")
        .build();
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
