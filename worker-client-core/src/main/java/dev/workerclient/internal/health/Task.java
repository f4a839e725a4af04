package dev.workerclient.internal.health;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that runs once at a time: started again while it runs, there is one run still, so that what
 * hangs takes one thread however often it is asked for. Thread-safe.
 */
final class Task<T> {
  private final Supplier<T> work;
  private @Nullable CompletableFuture<T> running;

  Task(Supplier<T> work) {
    this.work = work;
  }

  synchronized CompletableFuture<T> start(Executor executor) {
    CompletableFuture<T> current = running;
    if (current != null && !current.isDone()) {
      return current;
    }
    CompletableFuture<T> started = CompletableFuture.supplyAsync(work, executor);
    running = started;
    CompletableFuture<T> unused = started.whenComplete((result, failure) -> forget(started));
    return started;
  }

  /** Keeps nothing of what is done: a result may hold a body. */
  private synchronized void forget(CompletableFuture<T> done) {
    if (running == done) {
      running = null;
    }
  }

  /**
   * Waits for the result until {@code System.nanoTime()} is {@code end}, and returns null if it is
   * not there by then. An interrupt does not end the wait; the flag is set afterwards.
   */
  static <T> @Nullable T await(CompletableFuture<T> future, long end) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          return null;
        } catch (ExecutionException e) {
          throw new IllegalStateException("asking after a route's health failed", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
