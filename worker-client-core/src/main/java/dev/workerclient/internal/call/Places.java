package dev.workerclient.internal.call;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The places of calls that run at once, and the calls that wait for one, in order. Thread-safe. */
final class Places {
  private final Set<AsyncTask<?>> waiting = new LinkedHashSet<>();
  private int free;

  Places(int places) {
    this.free = places;
  }

  /** Takes a place, or else waits in line for one; false also for a call that has ended. */
  synchronized boolean take(AsyncTask<?> task) {
    if (task.hasEnded()) {
      return false;
    }
    if (free > 0) {
      free--;
      task.hasPlace = true;
      return true;
    }
    waiting.add(task);
    return false;
  }

  /** Takes a call out of the line. */
  synchronized void remove(AsyncTask<?> task) {
    waiting.remove(task);
  }

  /** Gives the call's place to the one that waits longest and returns that; null if none does. */
  synchronized @Nullable AsyncTask<?> leave(AsyncTask<?> task) {
    if (!task.hasPlace) {
      return null;
    }
    task.hasPlace = false;
    if (waiting.isEmpty()) {
      free++;
      return null;
    }
    AsyncTask<?> next = waiting.iterator().next();
    waiting.remove(next);
    next.hasPlace = true;
    return next;
  }
}
