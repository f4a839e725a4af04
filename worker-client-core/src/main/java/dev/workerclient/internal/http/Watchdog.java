package dev.workerclient.internal.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that ends what lasts too long. It starts with the first timer and ends when none
 * has been set for a while, so that a client which is never closed leaves no thread. Thread-safe.
 */
public final class Watchdog implements AutoCloseable {
  private final ScheduledThreadPoolExecutor executor;

  public Watchdog() {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "worker-client-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(10, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  /** Runs the action once after that time, or at once when closed, unless the timer is stopped. */
  public Timer start(Duration time, Runnable action) {
    try {
      Future<?> future = executor.schedule(action, time.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      action.run();
      return () -> {};
    }
  }

  /** Takes no further timer; those that are set still fire. */
  @Override
  public void close() {
    executor.shutdown();
  }

  /** A timer that was started. */
  @FunctionalInterface
  public interface Timer {
    /** Stops it; does nothing where it has fired. */
    void stop();
  }
}
