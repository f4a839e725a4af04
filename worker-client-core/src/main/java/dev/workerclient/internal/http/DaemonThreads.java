package dev.workerclient.internal.http;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the client's own platform threads. They inherit no thread-locals: each serves many callers,
 * and would show them what belonged to whoever happened to start it. Their context class loader is
 * that of the thread that built the client. Thread-safe.
 */
public final class DaemonThreads implements ThreadFactory {
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private final AtomicInteger number = new AtomicInteger();
  private final String name;
  private final boolean numbered;

  private DaemonThreads(String name, boolean numbered) {
    this.name = name;
    this.numbered = numbered;
  }

  /** Threads that all have that name. */
  static DaemonThreads named(String name) {
    return new DaemonThreads(name, false);
  }

  /** Threads whose names are that prefix and a number, from 1 on. */
  public static DaemonThreads numbered(String prefix) {
    return new DaemonThreads(prefix, true);
  }

  @Override
  public Thread newThread(Runnable task) {
    String title = numbered ? name + number.incrementAndGet() : name;
    Thread thread = new Thread(null, task, title, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    return thread;
  }
}
