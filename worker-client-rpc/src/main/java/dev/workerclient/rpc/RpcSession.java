package dev.workerclient.rpc;

import dev.workerclient.WorkerService;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.engine.ServiceEngine;
import dev.workerclient.internal.engine.ServiceEngine.OpenedSession;
import dev.workerclient.internal.http.DaemonThreads;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Worker on which calls go both ways, until it is closed or breaks. What a method
 * returned stays there for further calls, and the Worker can call objects that it was given.
 *
 * <pre>{@code
 * try (RpcSession session = Rpc.session(client.service("ORDERS"))) {
 *   Orders orders = session.of(Orders.class);
 *   try (Cart cart = orders.cart()) {        // interface Cart extends AutoCloseable
 *     cart.add("apple");
 *     cart.add("pear");
 *   }
 *   orders.watch(event -> log(event));       // a @FunctionalInterface of yours
 * }
 * }</pre>
 *
 * <p>A call is written at once and has the service's {@code callTimeout}; then it ends with a
 * {@link dev.workerclient.error.WorkerTimeoutException}, and the Worker drops its result. Nothing
 * is ever sent twice: when the session breaks, calls in flight end with delivery UNKNOWN, those
 * that had not been written with NOT_DELIVERED, and a new session is the application's to open.
 *
 * <p>Through the binding proxy a session serves calls with data, objects that the binding lists,
 * and callbacks. Its limits are the proxy's: a call that would be one too many waits for its place,
 * within its time. {@code map} and streams are an IllegalStateException.
 *
 * <p>Closing the WorkerClient does not end a session that is open.
 *
 * <p>Thread-safe; so are the interfaces that it returns. Threads may make any number of calls at
 * once; messages are written in the order of the calls. While the Worker does not read, a call
 * waits for room in the queue, within its time.
 *
 * <p>A Worker's calls on objects of the application run on the session's executor: those on one
 * object one after another, in order; those on several at the same time. A method that waits for a
 * call of the same Worker, which calls the same object in turn, waits for its timeout: return a
 * CompletableFuture instead.
 */
public final class RpcSession implements AutoCloseable {
  private final Session session;
  private final SessionCaller caller;
  private final Executor executor;

  private RpcSession(Session session, SessionCaller caller, Executor executor) {
    this.session = session;
    this.caller = caller;
    this.executor = executor;
  }

  /** Begins a session with that Worker. */
  public static Builder builder(WorkerService service) {
    return new Builder(Objects.requireNonNull(service, "service"));
  }

  /**
   * Returns the Worker's main object as that interface. It lasts as long as the session.
   *
   * @throws IllegalArgumentException if the interface can't be called by RPC; the message names the
   *     method
   */
  public <T> T of(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return type.cast(Stub.of(caller, RpcNode.MAIN, InterfaceModel.checkedForSession(type)));
  }

  /** Returns which route it runs by: {@code binding-proxy} or {@code custom-domain}. */
  public String route() {
    return session.failures.route();
  }

  /** Whether calls can be made: it is neither closed nor broken, as far as is known here. */
  public boolean isOpen() {
    return session.isOpen();
  }

  /**
   * Calls that once, on the session's executor, when the session breaks, or at once if it has; and
   * not if {@link #close} is called. Open a new session there, if one is wanted.
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
   * Ends the session. What was written before is still sent; calls in flight end with a {@link
   * dev.workerclient.error.WorkerCancelledException} of delivery UNKNOWN. Does nothing the second
   * time.
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

  /** Settings of a session. Not thread-safe. */
  public static final class Builder {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Of the chunks of all streams together. */
    private static final long MOST_UNREAD = 256L << 20;

    private final WorkerService service;
    private @Nullable Duration callTimeout;
    private Duration pingInterval = Duration.ofSeconds(15);
    private long maxMessageBytes = 16L << 20;
    private int maxConcurrentCallbacks = 64;
    private @Nullable Executor executor;

    private Builder(WorkerService service) {
      this.service = service;
    }

    /** Sets how long a call may take, with waiting for room. Default: the service's. */
    public Builder callTimeout(Duration time) {
      this.callTimeout = require("callTimeout", time);
      return this;
    }

    /**
     * Sets how often the connection is asked for a sign of life; without one until the next time,
     * the session breaks. Default: 15 seconds.
     */
    public Builder pingInterval(Duration time) {
      this.pingInterval = require("pingInterval", time);
      return this;
    }

    /**
     * Sets the most bytes that a message of the Worker may have; a larger one breaks the session.
     * Default: 16 MiB.
     */
    public Builder maxMessageBytes(long bytes) {
      if (bytes < 1024) {
        throw new IllegalArgumentException(
            "maxMessageBytes was given " + bytes + "; write 1024 or more");
      }
      this.maxMessageBytes = bytes;
      return this;
    }

    /** Sets on how many objects the Worker's calls may run at the same time. Default: 64. */
    public Builder maxConcurrentCallbacks(int most) {
      if (most < 1) {
        throw new IllegalArgumentException(
            "maxConcurrentCallbacks was given " + most + "; write 1 or more");
      }
      this.maxConcurrentCallbacks = most;
      return this;
    }

    /**
     * Sets what runs the Worker's calls on objects of the application, and completes futures. It
     * must not run a task on the thread that submits it. Default: daemon threads, as needed.
     */
    public Builder executor(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Opens the session, within the time and by the rules of any call of the service. Its custom
     * domain is tried first if it has an {@code rpcPath}, then the binding proxy, unless {@code
     * routes(…)} of the service set another order.
     *
     * @throws WorkerException if no route opened it, as for a call; nothing was called then
     * @throws IllegalStateException if no route of the service serves RPC
     */
    public RpcSession open() {
      SessionSocket socket = new SessionSocket(pingInterval, maxMessageBytes);
      OpenedSession opened = ServiceEngine.openSession(service, socket);
      Executor runs = executor == null ? newExecutor() : executor;
      long most = 4 * maxMessageBytes;
      Exports exports =
          new Exports(new Lanes(runs, maxConcurrentCallbacks, most), runs, MOST_UNREAD);
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
    private static Executor newExecutor() {
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
