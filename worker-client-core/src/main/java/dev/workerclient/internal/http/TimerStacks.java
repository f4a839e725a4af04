package dev.workerclient.internal.http;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Where threads leave timers for the clock, each thread on one of some stacks, so that they rarely
 * meet. Takes no lock. Thread-safe.
 */
final class TimerStacks {
  private static final int STACKS = 16;

  /** So many places apart, two stacks are not on one cache line. */
  private static final int SPACING = 16;

  private final AtomicReferenceArray<Watchdog.@Nullable Timer> tops =
      new AtomicReferenceArray<>(STACKS * SPACING);

  void push(Watchdog.Timer timer) {
    int stack = Math.floorMod(Thread.currentThread().getId(), STACKS) * SPACING;
    Watchdog.Timer top;
    do {
      top = tops.get(stack);
      timer.next = top;
    } while (!tops.compareAndSet(stack, top, timer));
  }

  boolean isEmpty() {
    for (int stack = 0; stack < STACKS; stack++) {
      if (tops.get(stack * SPACING) != null) {
        return false;
      }
    }
    return true;
  }

  /** Takes all timers out, and puts them before those of the list. */
  Watchdog.@Nullable Timer addAllTo(Watchdog.@Nullable Timer list) {
    Watchdog.Timer first = list;
    for (int stack = 0; stack < STACKS; stack++) {
      Watchdog.Timer timer = tops.getAndSet(stack * SPACING, null);
      while (timer != null) {
        Watchdog.Timer next = timer.next;
        timer.next = first;
        first = timer;
        timer = next;
      }
    }
    return first;
  }
}
