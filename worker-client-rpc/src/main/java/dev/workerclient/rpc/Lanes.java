package dev.workerclient.rpc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the calls of a Worker on objects of the application: those on one object one after another,
 * in the order in which they came, and those on several at the same time, as many as may be. What
 * waits is bounded. Thread-safe.
 */
final class Lanes {
  private final Executor executor;
  private final int mostRunning;
  private final int mostWaiting;
  private final long mostCharacters;

  // What follows is guarded by this.
  private final Deque<Lane> ready = new ArrayDeque<>();
  private int running;
  private int waiting;
  private long characters;

  Lanes(Executor executor, int mostRunning, int mostWaiting, long mostCharacters) {
    this.executor = executor;
    this.mostRunning = mostRunning;
    this.mostWaiting = mostWaiting;
    this.mostCharacters = mostCharacters;
  }

  /** The calls of one object. Guarded by the lanes. */
  static final class Lane {
    private final Deque<Task> tasks = new ArrayDeque<>(1);
    private boolean scheduled;
  }

  private record Task(Runnable run, int characters) {}

  /**
   * Runs that after what was submitted to the lane before.
   *
   * @param size how many characters it holds on to
   * @return false if too much waits
   */
  boolean submit(Lane lane, int size, Runnable task) {
    synchronized (this) {
      if (waiting >= mostWaiting || characters + size > mostCharacters) {
        return false;
      }
      waiting++;
      characters += size;
      lane.tasks.add(new Task(task, size));
      if (!lane.scheduled) {
        lane.scheduled = true;
        ready.add(lane);
      }
      if (running >= mostRunning || ready.isEmpty()) {
        return true;
      }
      running++;
    }
    try {
      executor.execute(this::work);
      return true;
    } catch (RejectedExecutionException e) {
      synchronized (this) {
        running--;
      }
      return true; // It runs with the next that is taken.
    }
  }

  private void work() {
    while (true) {
      Lane lane;
      Task task;
      synchronized (this) {
        lane = ready.poll();
        if (lane == null) {
          running--;
          return;
        }
        task = lane.tasks.remove();
        waiting--;
        characters -= task.characters;
      }
      try {
        task.run.run();
      } finally {
        synchronized (this) {
          if (lane.tasks.isEmpty()) {
            lane.scheduled = false;
          } else {
            ready.add(lane);
          }
        }
      }
    }
  }

  /** Drops what waits. */
  synchronized void clear() {
    ready.forEach(
        lane -> {
          lane.tasks.clear();
          lane.scheduled = false;
        });
    ready.clear();
    waiting = 0;
    characters = 0;
  }
}
