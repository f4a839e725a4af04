package dev.workerclient.internal.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A result that all share who ask while it is being made, and for some time after: a source that
 * hangs takes one thread, however often it is asked. Thread-safe.
 */
public final class Shared<T> {
  private final Supplier<T> source;
  private final Duration time;
  private final InstantSource clock;
  private @Nullable CompletableFuture<T> current;
  private Instant made = Instant.MIN;

  /** Makes it; the result is shared for that time after it was made. */
  public Shared(Supplier<T> source, Duration time, InstantSource clock) {
    this.source = source;
    this.time = time;
    this.clock = clock;
  }

  /** Makes one that keeps nothing: a result may hold a body. */
  static <T> Shared<T> whileRunning(Supplier<T> source) {
    return new Shared<>(source, Duration.ZERO, InstantSource.system());
  }

  /**
   * Returns the result; the first who asks runs the source on its own thread. Throws what the
   * source threw, and shares that with none who come later.
   */
  public T get() {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> shared = sharedOr(mine);
    if (shared == mine) {
      make(mine);
    }
    return shared.join();
  }

  /** Starts the source on the executor, unless it runs already or its result is still shared. */
  CompletableFuture<T> start(Executor executor) {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> shared = sharedOr(mine);
    if (shared == mine) {
      try {
        CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> make(mine), executor);
      } catch (Throwable e) { // Refused, or there is no memory for a thread.
        mine.completeExceptionally(e);
        throw e;
      }
    }
    return shared;
  }

  private synchronized CompletableFuture<T> sharedOr(CompletableFuture<T> mine) {
    CompletableFuture<T> shared = current;
    if (shared == null || (shared.isDone() && isOld(shared))) {
      current = mine;
      return mine;
    }
    return shared;
  }

  private boolean isOld(CompletableFuture<T> shared) {
    Duration age = Duration.between(made, clock.instant());
    return shared.isCompletedExceptionally() || age.isNegative() || age.compareTo(time) >= 0;
  }

  private void make(CompletableFuture<T> mine) {
    try {
      T result = source.get();
      synchronized (this) {
        made = clock.instant();
        if (time.isZero()) {
          current = null;
        }
      }
      mine.complete(result);
    } catch (Throwable e) {
      mine.completeExceptionally(e);
      throw e;
    }
  }

  /**
   * Waits for the result until {@code System.nanoTime()} is {@code end}, and returns null if it is
   * not there by then. An interrupt does not end the wait; the flag is set afterwards.
   */
  static <T> @Nullable T await(CompletableFuture<T> result, long end) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return result.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (TimeoutException e) {
          return null;
        } catch (ExecutionException e) {
          throw new IllegalStateException("checking the health of the routes failed", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
