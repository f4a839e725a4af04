package dev.workerclient.internal.route;

import java.lang.ref.WeakReference;

/** Counts misconfigurations in a row, each on a call of its own. Thread-safe. */
final class Misconfiguration {
  private static final WeakReference<Object> NONE = new WeakReference<>(null);

  private final int enough;
  private volatile int row;
  private WeakReference<Object> lastCall = NONE;

  Misconfiguration(int enough) {
    this.enough = enough;
  }

  /** Notes one; true where there have been enough. */
  synchronized boolean seen(Object call) {
    if (lastCall.get() != call) {
      lastCall = new WeakReference<>(call);
      row++;
    }
    return row >= enough;
  }

  void reset() {
    if (row != 0) {
      clear();
    }
  }

  private synchronized void clear() {
    row = 0;
  }
}
