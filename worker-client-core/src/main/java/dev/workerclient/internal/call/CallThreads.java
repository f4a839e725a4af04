package dev.workerclient.internal.call;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of async calls where the user brought no executor. */
public final class CallThreads {
  /** JDK 21 to 23 pin a virtual thread's carrier in {@code synchronized} (JEP 491 ended that). */
  private static final int FIRST_WITHOUT_PINNING = 24;

  private CallThreads() {}

  /**
   * Returns an executor with a thread for each call: virtual where those don't pin, else daemon.
   */
  public static ExecutorService newExecutor() {
    return Runtime.version().feature() >= FIRST_WITHOUT_PINNING
        ? virtualThreads()
        : daemonThreads();
  }

  private static ExecutorService daemonThreads() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, "worker-client-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** By reflection, since the library is compiled for Java 17. */
  private static ExecutorService virtualThreads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      return daemonThreads();
    }
  }
}
