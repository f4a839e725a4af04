package dev.workerclient.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * Bounds what the server of an HTTP/2 connection sends while no call gets anything from it: PING,
 * SETTINGS, empty DATA, repeated headers. OkHttp 5.5.1 reads such frames without end on a thread of
 * its own, keeps all headers, and searches its queue for each PING. Thread-safe.
 */
final class FrameBudget {
  /** Has room for headers as large as OkHttp takes them, 256 KiB. */
  static final int AHEAD = 512 * 1024;

  /**
   * What may arrive of a body that nobody reads: OkHttp's window is 16 MiB, and events of 20 bytes
   * are sent as 50.
   */
  private static final long UNREAD = 64L << 20;

  /** How long the reader waits for a call's thread to take the response that has arrived. */
  private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

  /** How long more of a body may arrive that was given up. */
  private static final long GRACE_NANOS = Duration.ofSeconds(10).toNanos();

  private volatile boolean counting;
  private long left = AHEAD;
  private int unread;
  private boolean grace;
  private long graceEnd;

  /** Counts from now on: the connection turned out to be one of HTTP/2. */
  void begin() {
    counting = true;
  }

  /**
   * Counts bytes that OkHttp's reader received.
   *
   * @throws Overhead.ExcessException if they are too many
   */
  void received(int bytes) throws IOException {
    if (!counting) {
      return;
    }
    synchronized (this) {
      left -= bytes;
      if (left < 0) {
        awaitProgress();
      }
    }
  }

  private void awaitProgress() throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (left < 0) {
      long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (millis <= 0) {
        throw new Overhead.ExcessException(AHEAD);
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }

  /** Notes that a call got its response, or some of its body. */
  synchronized void progressed() {
    grace = grace && System.nanoTime() - graceEnd < 0;
    left = AHEAD + (unread + (grace ? 1 : 0)) * UNREAD;
    notifyAll();
  }

  /** Notes that nobody reads a streamed body for now. */
  synchronized void paused() {
    unread++;
    progressed();
  }

  /** Notes that it is being read, or was closed. */
  synchronized void resumed() {
    unread--;
  }

  /** Notes that a body was given up, of which more may be on its way. */
  synchronized void gaveUp() {
    grace = true;
    graceEnd = System.nanoTime() + GRACE_NANOS;
    progressed();
  }
}
