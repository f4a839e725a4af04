package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.table.FailureKind;
import dev.workerclient.internal.http.Watchdog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls on an executor, a bounded number at once. The others wait, here and then in the
 * executor's own queue, which counts in their deadline. Thread-safe.
 */
public final class AsyncCalls {
  private final Executor executor;
  private final Watchdog watchdog;
  private final int places;

  /** Guarded by this, as {@link #taken} and each task's place are. */
  private final Set<AsyncTask<?>> waiting = new LinkedHashSet<>();

  /** What an executor that runs tasks on its caller's thread handed back to that very thread. */
  @SuppressWarnings("ThreadLocalUsage") // One a client; it is set only while tasks are started.
  private final ThreadLocal<@Nullable Deque<AsyncTask<?>>> handedBack = new ThreadLocal<>();

  private int taken;

  /** Makes the queue; at most {@code places} calls run at once. */
  public AsyncCalls(Executor executor, Watchdog watchdog, int places) {
    this.executor = executor;
    this.watchdog = watchdog;
    this.places = places;
  }

  /**
   * Runs the work of a call. Whatever completes the future from outside, a cancel above all,
   * cancels the call at once.
   */
  public <T> CompletableFuture<T> submit(Call call, Supplier<T> work) {
    AsyncTask<T> task = new AsyncTask<>(this, call, work);
    CompletableFuture<T> unused = task.future().whenComplete((value, failure) -> stop(task));
    task.timer(watchdog.start(call.timeLeft(), () -> expire(task)));
    if (take(task)) {
      start(task);
    }
    return task.future();
  }

  private synchronized boolean take(AsyncTask<?> task) {
    if (task.hasEnded()) {
      return false;
    }
    if (taken < places) {
      taken++;
      task.hasPlace = true;
      return true;
    }
    waiting.add(task);
    return false;
  }

  /** Starts the call that has a place; where it is refused, the one that gets the place next. */
  private void start(@Nullable AsyncTask<?> withPlace) {
    AsyncTask<?> task = withPlace;
    while (task != null) {
      try {
        executor.execute(task);
        return;
      } catch (RuntimeException | Error e) { // An Error where no thread could be started.
        AsyncTask<?> refused = task;
        task = refused.end() ? leavePlace(refused) : null;
        refused.fail(refusal(e));
      }
    }
  }

  /** Gives the task's place to the call that waits longest and returns that; null if none does. */
  private synchronized @Nullable AsyncTask<?> leavePlace(AsyncTask<?> task) {
    if (!task.hasPlace) {
      return null;
    }
    task.hasPlace = false;
    if (waiting.isEmpty()) {
      taken--;
      return null;
    }
    AsyncTask<?> next = waiting.iterator().next();
    waiting.remove(next);
    next.hasPlace = true;
    return next;
  }

  private synchronized void leaveQueue(AsyncTask<?> task) {
    waiting.remove(task);
  }

  private void expire(AsyncTask<?> task) {
    if (withdraw(task)) {
      task.fail(Pause.queueTimeout());
    }
  }

  private void stop(AsyncTask<?> task) {
    if (!withdraw(task)) {
      task.cancelUnlessFinished();
    }
  }

  /** Takes out a call that has not begun; false where it has, or is out already. */
  private boolean withdraw(AsyncTask<?> task) {
    if (!task.end()) {
      return false;
    }
    leaveQueue(task);
    start(leavePlace(task));
    return true;
  }

  /** Runs a task and then, one after the other, those that came back to this thread meanwhile. */
  void run(AsyncTask<?> task) {
    Deque<AsyncTask<?>> outer = handedBack.get();
    if (outer != null) {
      outer.add(task);
      return;
    }
    Deque<AsyncTask<?>> next = new ArrayDeque<>(1);
    for (AsyncTask<?> current = task; current != null; current = next.poll()) {
      if (current.work()) {
        handedBack.set(next);
        try {
          start(leavePlace(current)); // Before dependents run, here and as long as they like.
        } finally {
          handedBack.remove();
        }
        current.complete();
      }
    }
  }

  private static Failure refusal(Throwable e) {
    return Failure.builder(FailureKind.WORKER_CALL, "the executor took no more calls")
        .diagnosis(
            "the executor is shut down or full, or the client was closed while the call waited",
            "give executor(…) one that takes maxConcurrentCalls tasks, and close the client last")
        .delivery(Delivery.NOT_DELIVERED, "no attempt was made")
        .exception(e)
        .build();
  }
}
