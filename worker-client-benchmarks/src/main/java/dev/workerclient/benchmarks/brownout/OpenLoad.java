package dev.workerclient.benchmarks.brownout;

import dev.workerclient.benchmarks.peer.PeerClient;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Begins calls at a fixed pace, each on a thread of its own, however long the others take. */
final class OpenLoad {
  /** So that callers that hang have ended, too. */
  private static final int SECONDS_TO_END = 30;

  private OpenLoad() {}

  /** A call; times are by {@link System#nanoTime}. */
  record Ended(long from, long to, boolean answered) {}

  static List<Ended> run(PeerClient client, String method, int perSecond, long start, long nanos)
      throws Exception {
    ConcurrentLinkedQueue<Ended> ended = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    long pace = 1_000_000_000 / perSecond;
    for (long at = start; at - start < nanos; at += pace) {
      parkUntil(at);
      threads.execute(() -> ended.add(call(client, method)));
    }
    threads.shutdown();
    if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
      throw new IllegalStateException("calls hang");
    }
    return List.copyOf(ended);
  }

  /** Returns at that time of {@link System#nanoTime}. */
  static void parkUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static Ended call(PeerClient client, String method) {
    long from = System.nanoTime();
    boolean answered;
    try {
      client.call(method);
      answered = true;
    } catch (Exception e) {
      answered = false;
    }
    return new Ended(from, System.nanoTime(), answered);
  }
}
