package dev.workerclient.internal.http;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one connection was last seen to do. Thread-safe: over HTTP/2 many calls use it at once, and
 * a time that one of them reads a moment late does no harm.
 */
final class ConnectionUse {
  /** Silence of less says nothing: the limit of the attempt may be shorter than the way is long. */
  private static final long TELLING_NANOS = Duration.ofMillis(500).toNanos();

  private final LongSupplier nanoTime;
  private final long suspicionNanos;

  private final @Nullable FrameBudget frames;

  private volatile boolean carried;
  private volatile boolean unanswered;
  private volatile boolean suspect;

  /** When something last arrived, or the first request was written after that. */
  private volatile long since;

  private volatile long suspectedAt;

  ConnectionUse(LongSupplier nanoTime, long suspicionNanos, @Nullable FrameBudget frames) {
    this.nanoTime = nanoTime;
    this.suspicionNanos = suspicionNanos;
    this.frames = frames;
    if (frames != null) {
      frames.begin();
    }
  }

  /** Whether a request was written to it. */
  boolean hasCarried() {
    return carried;
  }

  /** How long nothing has happened on it; for ever if nobody here has used it yet. */
  long idleNanos() {
    return carried ? nanoTime.getAsLong() - since : Long.MAX_VALUE;
  }

  void writes() {
    if (!unanswered) {
      unanswered = true;
      since = nanoTime.getAsLong();
    }
    carried = true;
  }

  /** Notes that something of a response arrived, and so that the path is not silent. */
  void arrived() {
    since = nanoTime.getAsLong();
    unanswered = false;
    suspect = false;
    if (frames != null) {
      frames.progressed();
    }
  }

  /** Of HTTP/2, on a socket that the client made; else null. */
  @Nullable FrameBudget frames() {
    return frames;
  }

  /** Notes that an attempt got no response in time. */
  void timedOut() {
    long now = nanoTime.getAsLong();
    if (now - since >= TELLING_NANOS) {
      suspectedAt = now;
      suspect = true;
    }
  }

  /**
   * Whether it should carry nothing more, since its path seems to be silent. Suspicion ends with
   * the time in which OkHttp's pings would have found that.
   */
  boolean isSuspect() {
    return suspect && nanoTime.getAsLong() - suspectedAt < suspicionNanos;
  }
}
