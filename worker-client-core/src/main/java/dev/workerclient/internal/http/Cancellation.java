package dev.workerclient.internal.http;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Whether a call, or a hedge of it, is to stop, and the HTTP call to cancel then. Thread-safe. */
public final class Cancellation {
  private boolean cancelled;
  private boolean outrun;
  private boolean woken;
  private okhttp3.@Nullable Call running;
  private @Nullable Thread waiting;
  private @Nullable Cancellation hedge;

  /** Cancels the call: the HTTP call that runs now, and any that would follow. */
  public void cancel() {
    Cancellation other;
    synchronized (this) {
      cancelled = true;
      other = hedge;
    }
    stop();
    if (other != null) {
      other.cancel();
    }
  }

  /** Stops what another route was faster than, as {@link #cancel} does. */
  public void outrun() {
    synchronized (this) {
      outrun = true;
    }
    stop();
  }

  private void stop() {
    okhttp3.Call call;
    synchronized (this) {
      call = running;
    }
    if (call != null) {
      call.cancel();
    }
    wake();
  }

  /** Ends the {@link #await} that is under way, or else the next one. */
  public void wake() {
    Thread thread;
    synchronized (this) {
      woken = true;
      thread = waiting;
    }
    LockSupport.unpark(thread);
  }

  /** Takes back a {@link #wake} that came before now. */
  public synchronized void rest() {
    woken = false;
  }

  /** Whether {@link #cancel} or {@link #outrun} was called. */
  public synchronized boolean isCancelled() {
    return cancelled || outrun;
  }

  /** Whether another route was faster. */
  public synchronized boolean isOutrun() {
    return outrun && !cancelled;
  }

  /** Whether {@link #await} returns at once. */
  public synchronized boolean mustNotWait() {
    return cancelled || outrun || woken;
  }

  /** Has a cancel of this one cancel that of its hedge, too. */
  public void hedgedBy(Cancellation other) {
    boolean late;
    synchronized (this) {
      hedge = other;
      late = cancelled;
    }
    if (late) {
      other.cancel();
    }
  }

  /**
   * Waits that long; ends earlier at a cancel, a {@link #wake}, or with the interrupt flag set at
   * an interrupt.
   */
  public void await(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    waiting(Thread.currentThread());
    try {
      long left = time.toNanos();
      while (left > 0 && !mustNotWait() && !Thread.currentThread().isInterrupted()) {
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
    if (cancelled || outrun) {
      call.cancel();
    }
  }

  synchronized void finished() {
    running = null;
  }
}
