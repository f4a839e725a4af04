package dev.workerclient.rpc;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerRpcException;
import dev.workerclient.internal.call.Call.Observer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call of a session as the client's listeners see it: one attempt, which no HTTP request carries.
 * Thread-safe.
 */
final class WatchedCall {
  private final @Nullable Observer observer;
  private final RpcNode node;
  private final SessionFailures failures;
  private final long start = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();

  /** A call that is made now; the observer is null if nobody watches. */
  WatchedCall(@Nullable Observer observer, RpcNode node, SessionFailures failures) {
    this.observer = observer;
    this.node = node;
    this.failures = failures;
  }

  /** Does what begins the call; the call is over if that throws. */
  <T extends @Nullable Object> T begin(Supplier<T> action) {
    try {
      return action.get();
    } catch (Throwable e) {
      end(e);
      throw e;
    }
  }

  /** Waits for the result on this thread, or reads it. */
  <T extends @Nullable Object> T run(Supplier<T> action) {
    if (observer == null || !ended.compareAndSet(false, true)) {
      return action.get();
    }
    observer.started();
    try {
      T result = action.get();
      tellEnd(observer, null);
      return result;
    } catch (Throwable e) {
      tellEnd(observer, failure(e));
      throw e;
    }
  }

  /** Notes that nobody waits for the result any more. */
  void cancelled() {
    if (observer != null) {
      end(failures.interrupted(node, Delivery.UNKNOWN));
    }
  }

  private void end(Throwable thrown) {
    if (observer != null && ended.compareAndSet(false, true)) {
      observer.started();
      tellEnd(observer, failure(thrown));
    }
  }

  private WorkerException failure(Throwable thrown) {
    return thrown instanceof WorkerException known ? known : failures.threw(node, thrown);
  }

  private void tellEnd(Observer watching, @Nullable WorkerException failure) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    Attempt.Builder attempt = failures.attempt().elapsed(elapsed);
    if (failure != null) {
      attempt.delivery(failure.delivery());
      if (!(failure instanceof WorkerRpcException)) { // Else the Worker answered.
        attempt.failure(failure.serviceError().code(), failure.serviceError().message());
      }
    }
    watching.ended(elapsed, List.of(attempt.build()), failure);
  }
}
