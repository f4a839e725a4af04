package dev.workerclient.internal.call.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen at a moment of virtual time.
 *
 * @param number the order of what is to happen at the same moment
 * @param timeline whose it is
 * @param task what begins then, or null where a thread goes on
 * @param thread which one, or null
 */
record Event(
    long time, long number, Timeline timeline, @Nullable Runnable task, @Nullable Baton thread) {

  static PriorityQueue<Event> queue() {
    return new PriorityQueue<>(
        Comparator.comparingLong(Event::time).thenComparingLong(Event::number));
  }
}
