package dev.workerclient.internal.call;

import dev.workerclient.error.Delivery;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.classify.FailureKind;
import dev.workerclient.internal.http.Watchdog;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls on an executor, a bounded number at once; the others wait, which counts in their
 * deadline. Thread-safe.
 */
public final class AsyncCalls {
  private final Executor executor;
  private final Watchdog watchdog;
  private final int places;
  private final Set<Task<?>> waiting = new LinkedHashSet<>();
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
    Task<T> task = new Task<>(call, work);
    CompletableFuture<T> unused =
        task.future.whenComplete((value, failure) -> task.stopUnlessFinished());
    if (take(task)) {
      start(task);
    } else {
      task.waitingTimer = watchdog.start(call.deadline().left(), () -> expire(task));
    }
    return task.future;
  }

  private synchronized boolean take(Task<?> task) {
    if (taken < places) {
      taken++;
      return true;
    }
    waiting.add(task);
    return false;
  }

  /** Starts the call that has a place; where it is refused, the one that gets the place next. */
  private void start(@Nullable Task<?> withPlace) {
    Task<?> task = withPlace;
    while (task != null) {
      try {
        executor.execute(task);
        return;
      } catch (RejectedExecutionException e) {
        Task<?> refused = task;
        task = leavePlace();
        refused.future.completeExceptionally(FailureReport.exception(refused.call, refusal(e)));
      }
    }
  }

  private static Failure refusal(RejectedExecutionException e) {
    return Failure.builder(FailureKind.WORKER_CALL, "the executor took no more calls")
        .diagnosis(
            "the executor is shut down or full, or the client was closed while the call waited",
            "give executor(…) one that takes maxConcurrentCalls tasks, and close the client last")
        .delivery(Delivery.NOT_DELIVERED, "no attempt was made")
        .exception(e)
        .build();
  }

  /** Returns the call that waits longest, which has the place now; null where it is free. */
  private synchronized @Nullable Task<?> leavePlace() {
    if (waiting.isEmpty()) {
      taken--;
      return null;
    }
    Task<?> next = waiting.iterator().next();
    waiting.remove(next);
    return next;
  }

  private synchronized boolean leaveQueue(Task<?> task) {
    return waiting.remove(task);
  }

  private void expire(Task<?> task) {
    if (leaveQueue(task)) {
      task.future.completeExceptionally(FailureReport.exception(task.call, Pause.queueTimeout()));
    }
  }

  private final class Task<T> implements Runnable {
    private final Call call;
    private final Supplier<T> work;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private volatile Watchdog.@Nullable Timer waitingTimer;
    private volatile boolean finished;

    Task(Call call, Supplier<T> work) {
      this.call = call;
      this.work = work;
    }

    @Override
    public void run() {
      T value = null;
      Throwable failure = null;
      try {
        value = work.get();
      } catch (Throwable e) {
        failure = e;
      }
      finished = true;
      stopTimer();
      start(leavePlace()); // Before the future's dependents run, on this thread and for as long as
      // they
      // like.
      if (failure == null) {
        future.complete(value);
      } else {
        future.completeExceptionally(failure);
      }
    }

    void stopUnlessFinished() {
      if (!finished) {
        leaveQueue(this);
        stopTimer();
        call.cancellation().cancel();
      }
    }

    private void stopTimer() {
      Watchdog.Timer timer = waitingTimer;
      if (timer != null) {
        timer.stop();
      }
    }
  }
}
