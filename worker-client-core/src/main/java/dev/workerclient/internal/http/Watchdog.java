package dev.workerclient.internal.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends what lasts too long. One thread keeps the time; what is to be done at the end of it runs on
 * another, since it may call a user's listeners and dependents, which must not hold up other
 * timers. Both threads end when they had nothing to do for a while, so that a client which is never
 * closed leaves none. Thread-safe.
 */
public final class Watchdog implements AutoCloseable {
  private static final long IDLE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor clock;
  private final ThreadPoolExecutor actions;

  public Watchdog() {
    clock = new ScheduledThreadPoolExecutor(1, daemons("worker-client-watchdog"));
    clock.setRemoveOnCancelPolicy(true);
    clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    clock.allowCoreThreadTimeOut(true);
    actions =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("worker-client-timeout"));
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Runs the action once after that time, unless the timer is stopped before. */
  public Timer start(Duration time, Runnable action) {
    Future<?> future =
        clock.schedule(() -> actions.execute(action), time.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  /** Lets the threads go as soon as they have nothing to do; timers still fire. */
  @Override
  public void close() {
    clock.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
    actions.setKeepAliveTime(1, TimeUnit.MILLISECONDS);
  }

  /** A timer that was started. */
  @FunctionalInterface
  public interface Timer {
    /** Stops it; does nothing where it has fired. */
    void stop();
  }
}
