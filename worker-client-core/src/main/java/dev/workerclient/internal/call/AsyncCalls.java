package dev.workerclient.internal.call;

import dev.workerclient.internal.classify.Failure;
import dev.workerclient.internal.http.UserCode;
import dev.workerclient.internal.http.Watchdog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs calls on an executor, a bounded number at once; the others wait, which counts in their
 * deadline. Thread-safe.
 *
 * <p>{@code execute()} may capture its caller's context, or run the task right there. So each call
 * is handed over on its own caller's thread, and without a place it waits on the executor's thread.
 * Only a plain pool, to which all threads are the same, gets a call when there is a place for it.
 */
public final class AsyncCalls {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  private final Executor executor;
  private final Watchdog watchdog;
  private final int most;
  private final Places places;
  private final boolean queues;

  /** Calls that were submitted and whose future is not complete. */
  private final AtomicInteger open = new AtomicInteger();

  /** Calls whose work is under way. */
  private final AtomicInteger atWork = new AtomicInteger();

  /**
   * Set on a thread that runs a call: one that it starts within, and runs itself, needs no place.
   */
  @SuppressWarnings("ThreadLocalUsage") // One a client; it is set only while a call runs.
  private final ThreadLocal<Boolean> running = new ThreadLocal<>();

  /** Makes the queue; at most {@code places} calls run at once. */
  public AsyncCalls(Executor executor, Watchdog watchdog, int places) {
    this.executor = executor;
    this.watchdog = watchdog;
    this.most = places;
    this.places = new Places(places);
    this.queues = CallThreads.isPlainPool(executor);
  }

  /**
   * Runs the work of a call. Whatever completes the future from outside, a cancel above all,
   * cancels the call at once.
   */
  public <T> CompletableFuture<T> submit(Call call, Supplier<T> work) {
    return submit(call, work, value -> {});
  }

  /** The same for a value that must be let go of if the future was completed from outside. */
  public <T> CompletableFuture<T> submit(Call call, Supplier<T> work, Consumer<T> unclaimed) {
    AsyncTask<T> task = new AsyncTask<>(this, call, work, unclaimed);
    open.incrementAndGet();
    CompletableFuture<T> unused =
        task.future()
            .whenComplete(
                (value, failure) -> {
                  open.decrementAndGet();
                  stop(task);
                });
    task.timer(watchdog.start(call.timeLeft(), () -> withdraw(task, CallFailures::queueTimeout)));
    if (!queues || places.take(task)) {
      start(task);
    }
    return task.future();
  }

  /** How many calls may run at once. */
  public int most() {
    return most;
  }

  /** How many calls run now. */
  public int running() {
    return atWork.get();
  }

  /** How many calls wait for a place or for a thread of the executor. */
  public int queued() {
    return Math.max(0, open.get() - atWork.get());
  }

  /** Hands the call to the executor; if that refuses, also the call that gets its place. */
  private void start(@Nullable AsyncTask<?> first) {
    AsyncTask<?> task = first;
    while (task != null) {
      AsyncTask<?> started = task;
      task = null;
      try {
        executor.execute(started);
      } catch (Throwable e) { // An Error if no thread could be started.
        if (started.end()) {
          task = places.leave(started);
          started.fail(CallFailures.notExecuted(e));
        } else {
          LOGGER.warn(
              "the executor threw although it ran the call; the result is not affected",
              UserCode.ignored(e));
        }
      }
    }
  }

  private void stop(AsyncTask<?> task) {
    if (!withdraw(task, CallFailures::cancelled)) {
      task.cancelUnlessFinished();
    }
  }

  /** Ends a call that has not begun; false if it has, or has ended already. */
  private boolean withdraw(AsyncTask<?> task, Supplier<Failure> reason) {
    if (!task.end()) {
      return false;
    }
    places.remove(task);
    resume(places.leave(task));
    task.fail(reason.get());
    return true;
  }

  private void resume(@Nullable AsyncTask<?> withPlace) {
    if (queues) {
      start(withPlace);
    } else if (withPlace != null) {
      withPlace.wake();
    }
  }

  /** Runs a call on the executor's thread. */
  void run(AsyncTask<?> task) {
    if (queues || running.get() != null) {
      finish(task, work(task));
    } else if (places.take(task) || task.awaitPlace()) {
      running.set(true);
      boolean done = work(task);
      running.remove();
      finish(task, done);
    } else {
      boolean unused =
          withdraw(task, CallFailures::cancelled); // Interrupted, unless the call has ended.
    }
  }

  private boolean work(AsyncTask<?> task) {
    atWork.incrementAndGet();
    try {
      return task.work();
    } finally {
      atWork.decrementAndGet();
    }
  }

  private void finish(AsyncTask<?> task, boolean done) {
    if (done) {
      resume(places.leave(task)); // Before dependents run, here and as long as they like.
      task.complete();
    }
  }
}
