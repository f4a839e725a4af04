package dev.workerclient.mockserver.chaos;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Does the same small thing over and over beside a test, and notes when it took longer than usual:
 * for so long the machine was busy otherwise, which nothing under test is to blame for.
 */
final class Canary implements AutoCloseable {
  /** With the sum of all lateness until its start, and until its end. */
  private record Stall(long end, long lateBefore, long lateAfter) {}

  private static final long WORTH_NOTING = Duration.ofMillis(3).toNanos();

  private final ConcurrentSkipListMap<Long, Stall> byStart = new ConcurrentSkipListMap<>();
  private final Thread thread;
  private volatile boolean closed;
  private long lateSoFar;

  /** Starts one; the probe takes the usual time where nothing holds it up. */
  Canary(Duration usual, Runnable probe) {
    thread =
        new Thread(
            () -> {
              while (!closed) {
                long start = System.nanoTime();
                probe.run();
                note(start, System.nanoTime(), usual.toNanos());
              }
            },
            "canary");
    thread.setDaemon(true);
    thread.start();
  }

  private void note(long start, long end, long usual) {
    long late = end - start - usual;
    if (late >= WORTH_NOTING) {
      byStart.put(start, new Stall(end, lateSoFar, lateSoFar + late));
      lateSoFar += late;
    }
  }

  /** How late it was, all in all, in that span of {@link System#nanoTime}. */
  Duration late(long from, long to) {
    Map.Entry<Long, Stall> first = byStart.floorEntry(from);
    if (first == null || first.getValue().end() < from) {
      first = byStart.higherEntry(from);
    }
    Map.Entry<Long, Stall> last = byStart.floorEntry(to);
    return first == null || last == null || first.getKey() > to
        ? Duration.ZERO
        : Duration.ofNanos(last.getValue().lateAfter() - first.getValue().lateBefore());
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
