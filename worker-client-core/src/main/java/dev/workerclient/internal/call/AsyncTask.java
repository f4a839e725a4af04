package dev.workerclient.internal.call;

import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.Watchdog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One async call: it waits, runs, and has finished; or it ends without having run. */
final class AsyncTask<T> implements Runnable {
  private enum State {
    WAITING,
    RUNNING,
    FINISHED,
    ENDED_UNRUN
  }

  private final AsyncCalls calls;
  private final Call call;
  private final Supplier<T> work;
  private final Consumer<T> unclaimed;
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private volatile Watchdog.@Nullable Timer timer;
  private @Nullable T value;
  private @Nullable Throwable failure;

  /** Written under the lock of {@link Places}. */
  volatile boolean hasPlace;

  /** The executor's thread that waits for a place. */
  private volatile @Nullable Thread waiting;

  AsyncTask(AsyncCalls calls, Call call, Supplier<T> work, Consumer<T> unclaimed) {
    this.calls = calls;
    this.call = call;
    this.work = work;
    this.unclaimed = unclaimed;
  }

  CompletableFuture<T> future() {
    return future;
  }

  /** Sets the timer that runs until the call begins. */
  void timer(Watchdog.Timer started) {
    timer = started;
  }

  boolean hasEnded() {
    return state.get() == State.ENDED_UNRUN;
  }

  @Override
  public void run() {
    calls.run(this);
  }

  /** Waits on this thread for a place; false if the call ended, or the thread was interrupted. */
  boolean awaitPlace() {
    waiting = Thread.currentThread();
    while (!hasPlace && !hasEnded() && !Thread.currentThread().isInterrupted()) {
      LockSupport.park(this);
    }
    waiting = null;
    return hasPlace;
  }

  /** Wakes the thread that waits for the place, which it now has. */
  void wake() {
    LockSupport.unpark(waiting);
  }

  /** Does the work, unless the task has ended; {@link #complete} then hands the result over. */
  boolean work() {
    if (!state.compareAndSet(State.WAITING, State.RUNNING)) {
      return false;
    }
    stopTimer();
    try {
      value = work.get();
    } catch (Throwable e) {
      failure = e;
    }
    state.set(State.FINISHED);
    return true;
  }

  void complete() {
    T result = value;
    if (failure != null) {
      future.completeExceptionally(failure);
    } else if (!future.complete(result) && result != null) {
      unclaimed.accept(result);
    }
  }

  /** Ends a task that has not begun; false if it has, or has ended already. */
  boolean end() {
    if (!state.compareAndSet(State.WAITING, State.ENDED_UNRUN)) {
      return false;
    }
    stopTimer();
    wake();
    return true;
  }

  /** Completes a task that ended without having run. */
  void fail(Failure reason) {
    WorkerException exception = FailureReport.exception(call, reason);
    if (call.observer != null) {
      call.observer.started();
      call.ended(exception);
    }
    future.completeExceptionally(exception);
  }

  void cancelUnlessFinished() {
    if (state.get() == State.RUNNING) {
      call.cancellation.cancel();
    }
  }

  private void stopTimer() {
    Watchdog.Timer started = timer;
    if (started != null) {
      started.stop();
    }
  }
}
