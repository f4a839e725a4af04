package dev.workerclient.internal.call.simulation;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The time of one process, which shares nothing with another but what it first calls {@link #sync}
 * for. So it may run ahead of the others: it hands over to another thread only where that could
 * make a difference.
 */
final class Timeline {
  private final VirtualTime time;
  private final PriorityQueue<Event> own = Event.queue();
  private long now;

  Timeline(VirtualTime time) {
    this.time = time;
  }

  long now() {
    return now;
  }

  /** Schedules a task of this process. */
  void at(long moment, Runnable task) {
    add(moment, task);
  }

  /**
   * Returns at that moment. Where nothing else of this process happens until then, only its clock
   * is set: what other processes do meanwhile can't be told from here.
   */
  void sleepUntil(long moment) {
    if (own.isEmpty() || own.element().time() > moment) {
      now = moment;
    } else {
      await(moment);
    }
  }

  /** Returns once all that other processes do before now is done. */
  void sync() {
    if (time.hasAnythingBefore(now)) {
      await(now);
    }
  }

  private void await(long moment) {
    Event mine = add(moment, null);
    time.await(mine);
    reached(mine);
  }

  private Event add(long moment, @Nullable Runnable task) {
    Event event = time.schedule(moment, this, task);
    own.add(event);
    return event;
  }

  /** Sets the clock to the event, which is the next of this process. */
  void reached(Event event) {
    if (own.remove().number() != event.number()) {
      throw new IllegalStateException("something of the process was left out");
    }
    now = event.time();
  }
}
