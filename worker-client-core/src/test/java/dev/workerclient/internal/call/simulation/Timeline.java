package dev.workerclient.internal.call.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of one process, which shares nothing with another but what it first calls {@link #sync}
 * for. So it may run ahead of the others: it hands over to another thread only where that could
 * make a difference.
 */
final class Timeline {
  private final VirtualTime time;
  private final PriorityQueue<Event> own = Event.queue();
  private final List<Sleeper> sleepers = new ArrayList<>();
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

  /** Returns at that moment, or once something of this process has made it stop. */
  void sleepUntil(long moment, BooleanSupplier stop) {
    if (moment <= now || stop.getAsBoolean()) {
      return;
    }
    wakeStopped();
    if (own.isEmpty() || own.element().time() > moment) {
      now = moment;
      return;
    }
    Sleeper sleeper = new Sleeper(add(moment, null), stop);
    sleepers.add(sleeper);
    await(sleeper.event);
    sleepers.remove(sleeper);
    reached(sleeper.event);
  }

  /** Wakes who has been made to stop by what was done just now. */
  void wakeStopped() {
    for (Sleeper each : sleepers) {
      if (each.event.time() > now && each.stop.getAsBoolean()) {
        own.remove(each.event);
        each.event = time.move(each.event, now);
        own.add(each.event);
      }
    }
  }

  private static final class Sleeper {
    private Event event;
    private final BooleanSupplier stop;

    Sleeper(Event event, BooleanSupplier stop) {
      this.event = event;
      this.stop = stop;
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
    await(mine);
    reached(mine);
  }

  private void await(Event mine) {
    wakeStopped();
    time.await(mine);
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
