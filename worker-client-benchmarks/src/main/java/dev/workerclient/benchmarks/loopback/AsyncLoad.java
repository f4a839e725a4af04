package dev.workerclient.benchmarks.loopback;

import dev.workerclient.benchmarks.client.TestedClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One thread that keeps so many calls in flight. */
final class AsyncLoad implements Load {
  private final int inFlight;
  private final Latencies latencies = new Latencies();

  AsyncLoad(int inFlight) {
    this.inFlight = inFlight;
  }

  @Override
  public Turn run(TestedClient client, String payload, long nanos) throws Exception {
    Semaphore places = new Semaphore(inFlight);
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    latencies.clear();
    AllocationMeter meter = AllocationMeter.start();
    CpuMeter cpu = CpuMeter.start();
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      places.acquire();
      long before = System.nanoTime();
      CompletableFuture<?> unused =
          client
              .start(payload)
              .whenComplete(
                  (answer, failure) -> {
                    if (failure != null) {
                      failed.set(failure);
                    }
                    synchronized (latencies) {
                      latencies.add(System.nanoTime() - before);
                    }
                    places.release();
                  });
    }
    places.acquire(inFlight);
    long elapsed = System.nanoTime() - start;
    Throwable failure = failed.get();
    if (failure != null) {
      throw new IllegalStateException("a call failed", failure);
    }
    synchronized (latencies) {
      return Turn.of(latencies, elapsed, meter.bytes(), cpu.nanos());
    }
  }

  @Override
  public void close() {}
}
