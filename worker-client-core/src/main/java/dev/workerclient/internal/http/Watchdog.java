package dev.workerclient.internal.http;

import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends what lasts too long. One thread, the clock, looks at all timers every 10 ms: to start or to
 * stop one takes no lock and wakes nobody, since nearly all are stopped before they fire. A timer
 * fires at its limit or up to a tick later, never before; after a pause of the whole process, a
 * tick after its end.
 *
 * <p>What is to be done then runs on another thread, since it may call a user's listeners and
 * dependents, which must not hold up other timers. The threads end when they had nothing to do for
 * a while, so that a client which is never closed leaves none. Thread-safe.
 */
public final class Watchdog implements AutoCloseable {
  private static final long TICK_NANOS = 10_000_000;
  private static final long CLOCK_IDLE_NANOS = 1_000_000_000;
  private static final long ACTIONS_IDLE_SECONDS = 10;

  /** A tick that comes later than this was held up, as the answers were that are waited for. */
  private static final long HELD_UP_NANOS = 5 * TICK_NANOS;

  private static final int STACKS = 16;

  /** So many places apart, two stacks are not on one cache line. */
  private static final int SPACING = 16;

  /**
   * Where threads leave timers for the clock: each on one of some stacks, so that they rarely meet.
   */
  private final AtomicReferenceArray<@Nullable Timer> started =
      new AtomicReferenceArray<>(STACKS * SPACING);

  private final ThreadFactory clocks;
  private final ThreadPoolExecutor actions;

  /** What the clock watches, linked by {@code next}; its thread's alone. */
  private @Nullable Timer watched;

  private volatile boolean ticking;
  private volatile long idleNanos = CLOCK_IDLE_NANOS;

  public Watchdog() {
    this(
        DaemonThreads.named("worker-client-watchdog"),
        DaemonThreads.named("worker-client-timeout"));
  }

  Watchdog(ThreadFactory clocks, ThreadFactory actions) {
    this.clocks = clocks;
    this.actions =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            ACTIONS_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            actions);
  }

  /** Runs the action once after that time, unless the timer is stopped before. */
  public Timer start(Duration time, Runnable action) {
    return start(time.toNanos(), action);
  }

  /** The same, by nanoseconds. */
  public Timer start(long nanos, Runnable action) {
    Timer timer = new ActionTimer(System.nanoTime() + nanos, action);
    start(timer);
    return timer;
  }

  /** Starts a timer of another kind. */
  public void start(Timer timer) {
    int stack = Math.floorMod(Thread.currentThread().getId(), STACKS) * SPACING;
    Timer top;
    do {
      top = started.get(stack);
      timer.next = top;
    } while (!started.compareAndSet(stack, top, timer));
    if (!ticking) {
      startClock();
    }
  }

  private synchronized void startClock() {
    if (!ticking) {
      clocks.newThread(this::tickUntilIdle).start();
      ticking = true;
    }
  }

  /** False if a timer came meanwhile: who starts one later sees that the clock has stopped. */
  private synchronized boolean stopClock() {
    ticking = false;
    boolean stopped = noneStarted();
    ticking = !stopped;
    return stopped;
  }

  private void tickUntilIdle() {
    long busyAt = System.nanoTime();
    long now = busyAt;
    boolean heldUp = false;
    do {
      boolean unused = Thread.interrupted(); // It would not let the thread wait.
      LockSupport.parkNanos(this, TICK_NANOS);
      long before = now;
      now = System.nanoTime();
      boolean hadTimers = watched != null || !noneStarted();
      busyAt = hadTimers ? now : busyAt;
      heldUp = !heldUp && now - before >= HELD_UP_NANOS;
      if (!heldUp) {
        tick(now); // Else, once, what has arrived meanwhile may be read first.
      }
    } while (watched != null || System.nanoTime() - busyAt < idleNanos || !stopClock());
  }

  private boolean noneStarted() {
    for (int stack = 0; stack < STACKS; stack++) {
      if (started.get(stack * SPACING) != null) {
        return false;
      }
    }
    return true;
  }

  /** Takes all timers off the stacks, and puts them before those that are watched. */
  private @Nullable Timer startedAndWatched() {
    Timer first = watched;
    for (int stack = 0; stack < STACKS; stack++) {
      Timer timer = started.getAndSet(stack * SPACING, null);
      while (timer != null) {
        Timer next = timer.next;
        timer.next = first;
        first = timer;
        timer = next;
      }
    }
    return first;
  }

  /** Hands over what is due, and lets go of what was stopped. */
  private void tick(long now) {
    Timer kept = null;
    Timer timer = startedAndWatched();
    while (timer != null) {
      Timer next = timer.next;
      if (timer.isArmed() && !(timer.isDue(now) && handOver(timer))) {
        timer.next = kept;
        kept = timer;
      } else {
        timer.next = null;
      }
      timer = next;
    }
    watched = kept;
  }

  /** False if no thread could be started; the next tick tries again. */
  private boolean handOver(Timer timer) {
    try {
      actions.execute(timer);
      return true;
    } catch (RuntimeException | Error e) {
      return false;
    }
  }

  /** Lets the threads go as soon as they have nothing to do; timers still fire. */
  @Override
  public void close() {
    idleNanos = 0;
    actions.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
  }

  boolean isClosed() {
    return idleNanos == 0;
  }

  /** Does something when its time is over, unless it is stopped before. Thread-safe. */
  public abstract static class Timer implements Runnable {
    private enum State {
      ARMED,
      FIRED,
      STOPPED
    }

    private static final AtomicReferenceFieldUpdater<Timer, State> STATE =
        AtomicReferenceFieldUpdater.newUpdater(Timer.class, State.class, "state");

    private final long due;
    private volatile State state = State.ARMED;

    /** The next one of the stack or list that the timer is in; its owner's. */
    @Nullable Timer next;

    /** Makes a timer that fires at that time, once {@link Watchdog#start} has it. */
    protected Timer(long due) {
      this.due = due;
    }

    /** When it fires, by the clock of whoever runs it: {@link System#nanoTime} for a watchdog. */
    public final long due() {
      return due;
    }

    /** Does what is to be done; called once at most. */
    protected abstract void fire();

    /** Lets go of what only {@link #fire} needs: the clock holds the timer until its next tick. */
    protected void stopped() {}

    /** Fires the timer, unless it was stopped. */
    @Override
    public final void run() {
      if (STATE.compareAndSet(this, State.ARMED, State.FIRED)) {
        fire();
      }
    }

    /** Stops it for good; false if it has fired. */
    public final boolean stop() {
      if (STATE.compareAndSet(this, State.ARMED, State.STOPPED)) {
        stopped();
      }
      return state != State.FIRED;
    }

    /** Whether its action was begun. */
    public final boolean hasFired() {
      return state == State.FIRED;
    }

    private boolean isArmed() {
      return state == State.ARMED;
    }

    private boolean isDue(long now) {
      return now - due >= 0;
    }
  }

  /** Runs an action. */
  private static final class ActionTimer extends Timer {
    private @Nullable Runnable action;

    ActionTimer(long due, Runnable action) {
      super(due);
      this.action = action;
    }

    @Override
    protected void fire() {
      if (action != null) {
        action.run();
      }
    }

    @Override
    protected void stopped() {
      action = null;
    }
  }
}
