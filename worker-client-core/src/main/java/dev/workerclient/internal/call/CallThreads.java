package dev.workerclient.internal.call;

import dev.workerclient.internal.http.DaemonThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of async calls if the user brought no executor. */
public final class CallThreads {
  /** JDK 21 to 23 pin a virtual thread's carrier in {@code synchronized} (JEP 491 ended that). */
  private static final int FIRST_WITHOUT_PINNING = 24;

  private static final long IDLE_SECONDS = 10;

  private CallThreads() {}

  /** Returns an executor with a thread for each call: virtual if those don't pin, else daemon. */
  public static ExecutorService newExecutor() {
    return Runtime.version().feature() >= FIRST_WITHOUT_PINNING
        ? virtualThreads()
        : daemonThreads();
  }

  /**
   * Whether the executor is one of the JDK's own pools: it captures nothing of the thread that
   * calls {@code execute()}, and never runs a task on that thread. Only of their own classes can
   * this be told.
   */
  static boolean isPlainPool(Executor executor) {
    Class<?> type = executor.getClass();
    return type == ForkJoinPool.class
        || (type == ThreadPoolExecutor.class
            && ((ThreadPoolExecutor) executor).getRejectedExecutionHandler().getClass()
                == ThreadPoolExecutor.AbortPolicy.class);
  }

  /** Returns an executor of that many daemon threads, which end when they have nothing to do. */
  public static ExecutorService newHealthExecutor(int threads) {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DaemonThreads.numbered("worker-client-health-"));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static ExecutorService daemonThreads() {
    return Executors.newCachedThreadPool(DaemonThreads.numbered("worker-client-"));
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
