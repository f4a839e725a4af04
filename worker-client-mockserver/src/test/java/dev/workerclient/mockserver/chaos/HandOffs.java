package dev.workerclient.mockserver.chaos;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What a timeout takes, and nothing else: a timer, another thread that acts, and one that waits.
 */
final class HandOffs {
  static final Duration TIME = Duration.ofMillis(2);

  private static final Executor LATER =
      CompletableFuture.delayedExecutor(TIME.toNanos(), TimeUnit.NANOSECONDS);

  private HandOffs() {}

  static void timeOut() {
    CompletableFuture.runAsync(() -> {}, LATER).join();
  }
}
