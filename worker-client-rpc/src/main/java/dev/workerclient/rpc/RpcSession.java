package dev.workerclient.rpc;

import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.engine.ServiceEngine;
import dev.workerclient.internal.engine.ServiceEngine.OpenedSession;
import dev.workerclient.internal.http.DaemonThreads;
import dev.workerclient.internal.rpc.ServedSessions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An RPC session: a WebSocket to a Worker or Durable Object, on which both sides make calls until
 * it is closed or breaks. Objects that a method returns stay at the Worker for further calls, and
 * the Worker can call objects that you pass to it.
 *
 * <pre>{@code
 * try (RpcSession session = Rpc.session(client.service("ORDERS"))) {
 *   Orders orders = session.of(Orders.class);
 *   try (Cart cart = orders.cart()) {        // interface Cart extends AutoCloseable
 *     cart.add("apple");
 *     cart.add("pear");
 *   }
 *   orders.watch(event -> log(event));       // the Worker calls this lambda
 * }
 * }</pre>
 *
 * <p>Each call is sent at once, and is limited by the service's {@code callTimeout}. After that
 * time it throws a {@link dev.workerclient.error.WorkerTimeoutException}, and the Worker discards
 * the result. Nothing is sent twice. If the session breaks, calls in flight fail with delivery
 * UNKNOWN, and calls that were not written yet with NOT_DELIVERED. The session does not reconnect:
 * open a new one, for example in {@link #onBroken}.
 *
 * <p>A ReadableStream of the Worker is an InputStream, or a {@link
 * java.util.concurrent.Flow.Publisher Flow.Publisher} of the values in its chunks, and a
 * WritableStream is an OutputStream; all of them as results and as arguments.
 *
 * <p>A session through the binding proxy supports data, callbacks, and the objects that the proxy's
 * configuration lists; {@code map} and streams throw an IllegalStateException. The proxy limits the
 * calls in flight: a further call waits for its turn, within its own timeout.
 *
 * <p>Closing the WorkerClient does not close its open sessions.
 *
 * <p>Thread-safe, including the interfaces that it returns. Any number of threads may make calls at
 * the same time; messages are sent in the order of the calls. If the Worker does not read fast
 * enough, a call waits for room in the send queue, within its timeout.
 *
 * <p>The Worker's calls on your objects run on the session's executor. Calls on one object run one
 * after another, in order; calls on different objects run at the same time. A method of your object
 * that blocks on a call to the Worker, which in turn calls the same object, would wait until the
 * timeout: return a CompletableFuture instead.
 */
public final class RpcSession implements AutoCloseable {
  static {
    ServedSessions.servedBy(ServedSession::new);
  }

  private final Session session;
  private final SessionCaller caller;
  private final Executor executor;

  private RpcSession(Session session, SessionCaller caller, Executor executor) {
    this.session = session;
    this.caller = caller;
    this.executor = executor;
  }

  /**
   * Returns a builder of a session with a Worker, or with a Durable Object: {@code
   * service.durableObject("room-1")}. Nothing is sent before {@link Builder#open}.
   */
  public static Builder builder(WorkerService service) {
    return new Builder(Objects.requireNonNull(service, "service"));
  }

  /**
   * Returns an implementation of the interface that calls the Worker's main object. It works until
   * the session ends; calls after that throw a {@link WorkerException} with delivery NOT_DELIVERED.
   *
   * @throws IllegalArgumentException if the interface can't be called by RPC; the message names the
   *     method
   */
  public <T> T of(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return type.cast(Stub.of(caller, RpcNode.MAIN, InterfaceModel.checkedForSession(type)));
  }

  /** Returns the route of the session: {@code binding-proxy} or {@code custom-domain}. */
  public String route() {
    return session.failures.route();
  }

  /**
   * Returns whether calls can be made: the session was not closed, and no failure of the connection
   * was detected so far.
   */
  public boolean isOpen() {
    return session.isOpen();
  }

  /**
   * Registers a listener that is called once, on the session's executor, when the session breaks:
   * immediately if it is already broken, and never if you {@link #close} it. The listener may open
   * a new session. Each call registers one more listener.
   */
  public void onBroken(Consumer<WorkerException> listener) {
    Objects.requireNonNull(listener, "listener");
    session.onEnd(
        () -> {
          SessionEnd end = Objects.requireNonNull(session.end());
          if (!end.isByUser()) {
            RpcNode whole = RpcNode.MAIN.property("RPC session");
            executor.execute(() -> listener.accept(session.failures.ended(whole, end, false)));
          }
        });
  }

  /**
   * Closes the session. Messages that were already queued are still sent. Calls in flight fail with
   * a {@link dev.workerclient.error.WorkerCancelledException} with delivery UNKNOWN. Does nothing
   * if the session is already closed or broken.
   */
  @Override
  public void close() {
    session.close("the session was closed", true);
  }

  /** For tests: what is held for the Worker, and awaited from it. */
  int held() {
    return session.exports.size() + session.awaitedCount();
  }

  @Override
  public String toString() {
    return "RpcSession{" + (isOpen() ? "open" : "over") + "}";
  }

  /** Builds an {@link RpcSession}. Not thread-safe. */
  public static final class Builder {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Of the chunks of all streams together. */
    private static final long MOST_UNREAD = 256L << 20;

    /** Of the Worker's calls. */
    private static final int MOST_WAITING = 1000;

    private final WorkerService service;
    private @Nullable Duration callTimeout;
    private Duration pingInterval = Duration.ofSeconds(15);
    private long maxMessageBytes = 16L << 20;
    private int maxConcurrentCallbacks = 64;
    private @Nullable Executor executor;

    private Builder(WorkerService service) {
      this.service = service;
    }

    /**
     * Sets how long a call may take, including the time that it waits for room in the send queue.
     * Default: the {@code callTimeout} of the service.
     *
     * @throws IllegalArgumentException if it is less than 1 ms
     */
    public Builder callTimeout(Duration time) {
      this.callTimeout = require("callTimeout", time);
      return this;
    }

    /**
     * Sets the interval of pings. If the Worker does not respond to a ping before the next one is
     * due, the session breaks. Default: 15 seconds.
     *
     * @throws IllegalArgumentException if it is less than 1 ms
     */
    public Builder pingInterval(Duration time) {
      this.pingInterval = require("pingInterval", time);
      return this;
    }

    /**
     * Sets the maximum size of a message from the Worker, in bytes. A larger message breaks the
     * session. Default: 16 MiB.
     *
     * @throws IllegalArgumentException if it is less than 1024
     */
    public Builder maxMessageBytes(long bytes) {
      if (bytes < 1024) {
        throw new IllegalArgumentException(
            "maxMessageBytes was given " + bytes + "; write 1024 or more");
      }
      this.maxMessageBytes = bytes;
      return this;
    }

    /**
     * Sets how many of your objects the Worker's calls may run on at the same time. Default: 64.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public Builder maxConcurrentCallbacks(int most) {
      if (most < 1) {
        throw new IllegalArgumentException(
            "maxConcurrentCallbacks was given " + most + "; write 1 or more");
      }
      this.maxConcurrentCallbacks = most;
      return this;
    }

    /**
     * Sets the executor that runs the Worker's calls on your objects, reads your streams, calls the
     * subscribers of the Worker's streams, completes futures, and calls the listeners of {@link
     * #onBroken}. It must not run a task on the thread that submits it, as {@code Runnable::run}
     * does. Default: daemon threads, created as needed.
     */
    public Builder executor(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Opens the session and waits until it is open. Timeouts, retries and circuit breakers of the
     * service apply, as for any call. The custom domain is tried first if it has an {@code
     * rpcPath}, then the binding proxy, unless {@code routes(…)} of the service sets another order.
     *
     * @throws WorkerException if the session could not be opened on any route; no method of the
     *     Worker was called
     * @throws IllegalStateException if no route of the service serves RPC
     */
    public RpcSession open() {
      SessionSocket socket = new SessionSocket(pingInterval, maxMessageBytes);
      OpenedSession opened = ServiceEngine.openSession(service, socket);
      Executor runs = executor == null ? newExecutor() : executor;
      Lanes lanes = new Lanes(runs, maxConcurrentCallbacks, MOST_WAITING, 4 * maxMessageBytes);
      Exports exports = new Exports(new LocalCalls(lanes, FailedException::of), runs, MOST_UNREAD);
      Session session =
          new Session(
              socket,
              new SessionFailures(service.name(), socket.opened()),
              callTimeout == null ? opened.callTime() : callTimeout,
              maxMessageBytes,
              exports);
      SessionCaller caller = new SessionCaller(session, runs, opened.observers());
      exports.start(caller);
      socket.receive(session);
      return new RpcSession(session, caller, runs);
    }

    /** Its threads end by themselves, so that none is left of a session that nobody closed. */
    static Executor newExecutor() {
      return new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          DaemonThreads.numbered("worker-client-rpc-"));
    }

    private static Duration require(String setter, Duration time) {
      if (Objects.requireNonNull(time, "time").compareTo(SHORTEST) < 0) {
        throw new IllegalArgumentException(setter + " was given " + time + "; write 1 ms or more");
      }
      return time;
    }
  }
}
