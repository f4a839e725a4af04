package dev.workerclient.benchmarks.virtual;

import dev.workerclient.benchmarks.client.Contender;
import dev.workerclient.benchmarks.client.TestedClient;
import dev.workerclient.benchmarks.loopback.Latencies;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/** One client, called by many virtual threads; prints p50, p99, pinning events and failures. */
public final class VirtualMain {
  private static final int CALLS_EACH = 10;

  private VirtualMain() {}

  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[2]);
    int pinned;
    AtomicInteger failed = new AtomicInteger();
    Latencies latencies = new Latencies();
    try (TestedClient client = Contender.valueOf(args[0]).connect(args[1]);
        Recording recording = new Recording()) {
      for (int few = threads / 64; few > 0 && few < threads; few *= 4) {
        run(client, few, new Latencies(), failed); // Until it is compiled.
      }
      run(client, threads, new Latencies(), failed); // Opens the connections.
      recording.enable("jdk.VirtualThreadPinned").withThreshold(Duration.ofMillis(1));
      recording.start();
      run(client, threads, latencies, failed);
      recording.stop();
      pinned = events(recording);
    }
    System.out.println(
        latencies.percentile(0.5) + " " + latencies.percentile(0.99) + " " + pinned + " " + failed);
    Runtime.getRuntime().halt(0);
  }

  private static int events(Recording recording) throws IOException {
    Path file = Files.createTempFile("pinned", ".jfr");
    try {
      recording.dump(file);
      return RecordingFile.readAllEvents(file).size();
    } finally {
      Files.delete(file);
    }
  }

  private static void run(
      TestedClient client, int threads, Latencies latencies, AtomicInteger failed)
      throws ReflectiveOperationException, InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          startVirtual(
              () -> {
                try {
                  started.await();
                  for (int call = 0; call < CALLS_EACH; call++) {
                    long start = System.nanoTime();
                    client.get("small");
                    long elapsed = System.nanoTime() - start;
                    synchronized (latencies) {
                      latencies.add(elapsed);
                    }
                  }
                } catch (Exception e) {
                  failed.incrementAndGet();
                }
              }));
    }
    started.countDown();
    for (Thread thread : running) {
      thread.join();
    }
  }

  /** As {@code Thread.startVirtualThread}, which Java 17 does not know. */
  private static Thread startVirtual(Runnable task)
      throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
  }
}
