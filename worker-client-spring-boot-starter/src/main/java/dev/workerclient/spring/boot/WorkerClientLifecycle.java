package dev.workerclient.spring.boot;

import dev.workerclient.WorkerClient;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Connects to every route, if that is wanted, before the web server takes requests.
 *
 * <p>Lets async calls come to their end while the context closes: after the web server has finished
 * its requests, and before beans are destroyed. Each call ends by its own timeout, and Spring waits
 * for {@code spring.lifecycle.timeout-per-shutdown-phase} at most.
 */
final class WorkerClientLifecycle implements SmartLifecycle {
  /** Spring Boot stops its web server in the phase {@code DEFAULT_PHASE - 2048}. */
  static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 3072;

  private static final long POLL_NANOS = 10_000_000;

  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  private final WorkerClient client;
  private final boolean warmsUp;
  private volatile boolean running;

  WorkerClientLifecycle(WorkerClient client, boolean warmsUp) {
    this.client = client;
    this.warmsUp = warmsUp;
  }

  @Override
  public void start() {
    if (warmsUp) {
      client.warmUp().forEach(error -> LOGGER.warn("not reached by the warm-up: {}", error));
    }
    running = true;
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public void stop(Runnable stopped) {
    Thread waiting =
        new Thread(
            () -> {
              while (client.runningAsyncCalls() + client.queuedAsyncCalls() > 0) {
                LockSupport.parkNanos(POLL_NANOS);
              }
              stop();
              stopped.run();
            },
            "worker-client-shutdown");
    waiting.setDaemon(true);
    waiting.start();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
