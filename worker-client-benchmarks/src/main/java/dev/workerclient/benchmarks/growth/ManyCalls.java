package dev.workerclient.benchmarks.growth;

import dev.workerclient.benchmarks.client.TestedClient;
import dev.workerclient.benchmarks.loopback.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls that are all under way at once. */
final class ManyCalls {
  private ManyCalls() {}

  static Latencies run(TestedClient client, int calls) {
    Latencies latencies = new Latencies();
    List<CompletableFuture<?>> running = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      running.add(
          client
              .start("small")
              .thenAccept(
                  answer -> {
                    synchronized (latencies) {
                      latencies.add(System.nanoTime() - start);
                    }
                  }));
    }
    running.forEach(CompletableFuture::join);
    return latencies;
  }
}
