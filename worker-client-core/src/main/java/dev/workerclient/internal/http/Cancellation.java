package dev.workerclient.internal.http;

import org.jspecify.annotations.Nullable;

/** Whether a call is cancelled, and the HTTP call to cancel then. Thread-safe. */
public final class Cancellation {
  private boolean cancelled;
  private okhttp3.@Nullable Call running;

  /** Cancels the call: the HTTP call that runs now, and any that would follow. */
  public void cancel() {
    okhttp3.Call call;
    synchronized (this) {
      cancelled = true;
      call = running;
    }
    if (call != null) {
      call.cancel();
    }
  }

  /** Whether {@link #cancel} was called. */
  public synchronized boolean isCancelled() {
    return cancelled;
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
