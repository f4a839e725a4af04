package dev.workerclient.rpc;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Futures that are made of others. */
final class Futures {
  private Futures() {}

  /** Returns the outer future, whose cancellation cancels the inner. */
  static <T extends @Nullable Object> CompletableFuture<T> cancelling(
      CompletableFuture<T> outer, CompletableFuture<?> inner) {
    CompletableFuture<T> unused =
        outer.whenComplete(
            (value, failure) -> {
              if (outer.isCancelled()) {
                inner.cancel(true);
              }
            });
    return outer;
  }
}
