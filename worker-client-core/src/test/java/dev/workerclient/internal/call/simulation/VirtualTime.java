package dev.workerclient.internal.call.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Runs blocking code in virtual time. Each piece of it that waits has a thread, and exactly one
 * thread runs at any moment: what is due next, and among what is due at once, what was scheduled
 * first. So each run is the same as the last.
 */
final class VirtualTime {
  private final Executor threads;
  private final Semaphore done = new Semaphore(0);
  private final Deque<Baton> idle = new ArrayDeque<>();
  private final PriorityQueue<Event> events = Event.queue();
  private long scheduled;
  private boolean over;
  private @Nullable Throwable thrown;

  /** Makes a time that begins at zero; the executor must have a thread for each task. */
  VirtualTime(Executor threads) {
    this.threads = threads;
  }

  /** Runs everything that is scheduled, and what that schedules. */
  void run() {
    threads.execute(this::drive);
    done.acquireUninterruptibly();
    if (thrown != null) {
      throw new IllegalStateException("a task threw", thrown);
    }
  }

  Event schedule(long time, Timeline timeline, @Nullable Runnable task) {
    Baton thread = task == null ? new Baton() : null;
    Event event = new Event(time, scheduled++, timeline, task, thread);
    events.add(event);
    return event;
  }

  /** Has what was to happen at another moment happen at that one. */
  Event move(Event event, long time) {
    events.remove(event);
    Event moved = new Event(time, scheduled++, event.timeline(), event.task(), event.thread());
    events.add(moved);
    return moved;
  }

  /** Whether anything is to happen before that moment. */
  boolean hasAnythingBefore(long time) {
    return !events.isEmpty() && events.element().time() < time;
  }

  /** Lets others go on until that event is due; it is the caller's, and scheduled. */
  void await(Event mine) {
    Event next = events.element();
    if (next.thread() != null) {
      events.remove();
      next.thread().pass();
    } else if (idle.isEmpty()) {
      threads.execute(this::drive);
    } else {
      idle.pop().pass();
    }
    if (mine.thread() != null) {
      mine.thread().await();
    }
  }

  /** What a thread does that has nothing of its own to go on with. */
  private void drive() {
    Baton mine = new Baton();
    while (!over) {
      Event next = events.poll();
      if (next == null) {
        end();
      } else if (next.thread() != null) {
        idle.push(mine);
        next.thread().pass();
        mine.await();
      } else if (next.task() != null) {
        next.timeline().reached(next);
        begin(next.task());
        next.timeline().wakeStopped();
      }
    }
  }

  private void begin(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      thrown = e;
      end();
    }
  }

  private void end() {
    over = true;
    idle.forEach(Baton::pass);
    done.release();
  }
}
