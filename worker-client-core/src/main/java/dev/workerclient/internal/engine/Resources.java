package dev.workerclient.internal.engine;

import dev.workerclient.internal.call.AsyncCalls;
import dev.workerclient.internal.call.CallThreads;
import dev.workerclient.internal.http.Transport;
import dev.workerclient.internal.http.Watchdog;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** What a client holds open, and which of it is its own to close. Thread-safe. */
final class Resources implements AutoCloseable {
  /** How many requests after the health of routes run at once. */
  static final int HEALTH_THREADS = 256;

  private static final int IDLE_SECONDS = 240;

  private final OkHttpClient okHttpClient;
  private final boolean ownsOkHttpClient;
  private final @Nullable ExecutorService ownExecutor;

  /** Its own, so that health is known also while users' calls take all of the executor. */
  private final ExecutorService healthExecutor = CallThreads.newHealthExecutor(HEALTH_THREADS);

  private final Watchdog watchdog = new Watchdog();
  private final AsyncCalls asyncCalls;
  private volatile boolean closed;

  Resources(
      @Nullable OkHttpClient givenClient, @Nullable Executor givenExecutor, int maxConcurrent) {
    this.okHttpClient = givenClient == null ? newClient(maxConcurrent) : givenClient;
    this.ownsOkHttpClient = givenClient == null;
    if (givenExecutor == null) {
      ExecutorService own = CallThreads.newExecutor();
      this.ownExecutor = own;
      this.asyncCalls = new AsyncCalls(own, watchdog, maxConcurrent);
    } else {
      this.ownExecutor = null;
      this.asyncCalls = new AsyncCalls(givenExecutor, watchdog, maxConcurrent);
    }
  }

  /** Keeps as many connections as calls run at once, for less than the 400 s that the edge does. */
  private static OkHttpClient newClient(int maxConcurrent) {
    return new OkHttpClient.Builder()
        .connectionPool(new ConnectionPool(maxConcurrent, IDLE_SECONDS, TimeUnit.SECONDS))
        .build();
  }

  Transport transport(ClientSettings client) {
    return new Transport(
        okHttpClient,
        client.connectTimeout,
        watchdog,
        InstantSource.system(),
        client.nanoTime,
        client.connectionMaxAge,
        client.random);
  }

  void startTimer(Watchdog.Timer timer) {
    watchdog.start(timer);
  }

  AsyncCalls asyncCalls() {
    return asyncCalls;
  }

  /** Where routes are asked after their health, and skipped ones are probed. */
  Executor healthExecutor() {
    return healthExecutor;
  }

  /**
   * Checks that the client may still be used.
   *
   * @throws IllegalStateException if it is closed
   */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "this WorkerClient is closed; create one and share it for the lifetime of the"
              + " application");
    }
  }

  /** Lets go of the connection of a call that ended after the client was closed. */
  void callEnded() {
    if (closed && ownsOkHttpClient) {
      okHttpClient.connectionPool().evictAll();
    }
  }

  @Override
  public void close() {
    closed = true;
    watchdog.close();
    healthExecutor.shutdown();
    if (ownExecutor != null) {
      ownExecutor.shutdown();
    }
    if (ownsOkHttpClient) {
      okHttpClient.dispatcher().executorService().shutdown();
      okHttpClient.connectionPool().evictAll();
    }
  }
}
