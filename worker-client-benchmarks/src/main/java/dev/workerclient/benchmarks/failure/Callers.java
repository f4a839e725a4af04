package dev.workerclient.benchmarks.failure;

import dev.workerclient.benchmarks.loopback.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Threads that each make a call every 20 ms, or as soon as the last one has ended. */
final class Callers implements AutoCloseable {
  static final int THREADS = 8;
  private static final long PERIOD = 20_000_000;

  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);

  /** What they saw: all calls, those of the second half of the time, and how many failed. */
  static final class Seen {
    final Latencies all = new Latencies();
    final Latencies later = new Latencies();
    int failed;

    private synchronized void add(long elapsed, boolean late, boolean success) {
      all.add(elapsed);
      if (late) {
        later.add(elapsed);
      }
      failed += success ? 0 : 1;
    }
  }

  Seen call(TwoRoutes client, long nanos) throws Exception {
    Seen seen = new Seen();
    long start = System.nanoTime();
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long first = start + i * PERIOD / THREADS;
      running.add(executor.submit(() -> call(client, first, start + nanos, seen)));
    }
    for (Future<?> each : running) {
      each.get();
    }
    return seen;
  }

  private static void call(TwoRoutes client, long first, long end, Seen seen) {
    long middle = end - (end - first) / 2;
    long next = first;
    while (next < end) {
      LockSupport.parkNanos(next - System.nanoTime());
      long before = System.nanoTime();
      boolean success = succeeds(client);
      long after = System.nanoTime();
      seen.add(after - before, before > middle, success);
      next = Math.max(next + PERIOD, after);
    }
  }

  private static boolean succeeds(TwoRoutes client) {
    try {
      return client.call().length == 100;
    } catch (Exception e) {
      return false;
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
