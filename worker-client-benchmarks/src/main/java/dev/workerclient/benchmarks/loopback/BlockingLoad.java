package dev.workerclient.benchmarks.loopback;

import dev.workerclient.benchmarks.client.TestedClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that each make one call after another; they stay for all turns. */
final class BlockingLoad implements Load {
  private final ExecutorService executor;
  private final List<Latencies> latencies = new ArrayList<>();
  private final Latencies all = new Latencies();

  BlockingLoad(int threads) {
    executor = Executors.newFixedThreadPool(threads);
    for (int i = 0; i < threads; i++) {
      latencies.add(new Latencies());
    }
  }

  @Override
  public Turn run(TestedClient client, String payload, long nanos) throws Exception {
    AllocationMeter meter = AllocationMeter.start();
    CpuMeter cpu = CpuMeter.start();
    long start = System.nanoTime();
    List<Future<?>> running = new ArrayList<>();
    for (Latencies own : latencies) {
      own.clear();
      running.add(
          executor.submit(
              () -> {
                call(client, payload, start + nanos, own);
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    long elapsed = System.nanoTime() - start;
    long cpuNanos = cpu.nanos();
    long bytes = meter.bytes();
    all.clear();
    latencies.forEach(all::addAll);
    return Turn.of(all, elapsed, bytes, cpuNanos);
  }

  private static void call(TestedClient client, String payload, long end, Latencies own)
      throws Exception {
    long before = System.nanoTime();
    while (before < end) {
      client.get(payload);
      long after = System.nanoTime();
      own.add(after - before);
      before = after;
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
