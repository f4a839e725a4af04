package dev.workerclient.internal.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Whether a call is cancelled, and the HTTP call to cancel then. Thread-safe. */
public final class Cancellation {
  private boolean cancelled;
  private okhttp3.@Nullable Call running;
  private @Nullable Thread waiting;

  /** Cancels the call: the HTTP call that runs now, and any that would follow. */
  public void cancel() {
    okhttp3.Call call;
    Thread thread;
    synchronized (this) {
      cancelled = true;
      call = running;
      thread = waiting;
    }
    if (call != null) {
      call.cancel();
    }
    LockSupport.unpark(thread);
  }

  /** Whether {@link #cancel} was called. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Waits that long; ends earlier at a cancel, or with the interrupt flag set at an interrupt. */
  public void await(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    waiting(Thread.currentThread());
    try {
      long left = time.toNanos();
      while (left > 0 && !isCancelled() && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(this, left);
        left = end - System.nanoTime();
      }
    } finally {
      waiting(null);
    }
  }

  private synchronized void waiting(@Nullable Thread thread) {
    waiting = thread;
  }

  /** Notes the HTTP call that runs from now on; one that comes too late is cancelled at once. */
  synchronized void running(okhttp3.Call call) {
    running = call;
    if (cancelled) {
      call.cancel();
    }
  }

  synchronized void finished() {
    running = null;
  }
}
