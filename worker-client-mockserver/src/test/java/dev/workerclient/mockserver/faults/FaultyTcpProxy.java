package dev.workerclient.mockserver.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Forwards connections on loopback to a server of HTTP/1.1, with faults, and keeps a log of the
 * exchanges. Thread-safe.
 */
public final class FaultyTcpProxy implements AutoCloseable {
  private static final int BACKLOG = 1024;
  private static final int SECONDS_TO_CLOSE = 5;

  private final ServerSocket listener;
  private final int serverPort;
  private final FaultPlan plan;
  private final Supplier<Duration> idleTimes;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Queue<Exchange> log = new ConcurrentLinkedQueue<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Long> endedByServer = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "faulty-tcp-proxy");
            thread.setDaemon(true);
            return thread;
          });

  private FaultyTcpProxy(
      ServerSocket listener, int serverPort, FaultPlan plan, Supplier<Duration> idleTimes) {
    this.listener = listener;
    this.serverPort = serverPort;
    this.plan = plan;
    this.idleTimes = idleTimes;
  }

  /** Starts a proxy of the server at that port of loopback. */
  public static FaultyTcpProxy to(int serverPort, FaultPlan plan) {
    return to(serverPort, plan, () -> Duration.ZERO);
  }

  /**
   * Starts one that also ends connections when they are idle, as a server does.
   *
   * @param idleTimes how long the next connection may be idle; zero for as long as the server lets
   *     it
   */
  public static FaultyTcpProxy to(int serverPort, FaultPlan plan, Supplier<Duration> idleTimes) {
    try {
      ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      FaultyTcpProxy proxy = new FaultyTcpProxy(listener, serverPort, plan, idleTimes);
      proxy.threads.execute(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its own port. */
  public int port() {
    return listener.getLocalPort();
  }

  /** {@code http://127.0.0.1:<port>}. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Every exchange so far, in the order in which they began. */
  public List<Exchange> exchanges() {
    return List.copyOf(log);
  }

  /** How many connections were made to it. */
  public int accepted() {
    return accepted.get();
  }

  /** How many of them are open. */
  public int open() {
    return links.size();
  }

  /**
   * Closes all connections and ends all threads; may be called more than once.
   *
   * @throws IllegalStateException if a thread does not end
   */
  @Override
  public void close() {
    closeQuietly(listener);
    threads.shutdownNow();
    links.forEach(FaultyTcpProxy::closeQuietly);
    try {
      if (!threads.awaitTermination(SECONDS_TO_CLOSE, TimeUnit.SECONDS) || !links.isEmpty()) {
        throw new IllegalStateException("left behind: " + threads + ", connections " + open());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * When the server, or its idle time here, ended connections of its own accord, by {@link
   * System#nanoTime}: the time when the client's side was closed.
   */
  public Set<Long> endedByServer() {
    return Set.copyOf(endedByServer);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        accepted.incrementAndGet();
        start(Link.of(client, serverPort));
      } catch (IOException | RejectedExecutionException e) {
        // The server is gone, and the client's connection with it, or the proxy is being closed.
      }
    }
  }

  private void start(Link link) {
    links.add(link);
    AtomicInteger directions = new AtomicInteger(2);
    Relay relay = new Relay(link, plan, log, idleTimes.get());
    try {
      threads.execute(() -> carry(relay::carryResponses, link, directions));
      threads.execute(() -> carry(relay::carryRequests, link, directions));
    } catch (RejectedExecutionException e) {
      closeQuietly(link);
      links.remove(link);
    }
  }

  private void carry(Runnable direction, Link link, AtomicInteger directions) {
    direction.run();
    if (directions.decrementAndGet() == 0) {
      if (link.isEndedByServer()) {
        endedByServer.add(System.nanoTime());
      }
      links.remove(link);
    }
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // Closed all the same.
    }
  }
}
