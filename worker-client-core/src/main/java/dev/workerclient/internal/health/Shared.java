package dev.workerclient.internal.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A result that all share who ask while it is being made, and for some time after. Thread-safe. */
public final class Shared<T> {
  private final Supplier<T> source;
  private final Duration time;
  private final InstantSource clock;
  private @Nullable CompletableFuture<T> current;
  private Instant made = Instant.MIN;

  /** Makes it; the first who asks runs the source on its own thread. */
  public Shared(Supplier<T> source, Duration time, InstantSource clock) {
    this.source = source;
    this.time = time;
    this.clock = clock;
  }

  /** Returns the result; throws what the source threw, and shares that with none who come later. */
  public T get() {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> shared = sharedOr(mine);
    if (shared == mine) {
      run(mine);
    }
    return shared.join();
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

  private void run(CompletableFuture<T> mine) {
    try {
      T result = source.get();
      synchronized (this) {
        made = clock.instant();
      }
      mine.complete(result);
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    }
  }
}
