package dev.workerclient.examples.health;

import com.sun.net.httpserver.HttpServer;
import dev.workerclient.WorkerClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's HTTP server on loopback with a {@link HealthHandler}. */
final class HealthServer implements AutoCloseable {
  // A thread a request: whoever waits for a round must not keep the page from others. From Java 21
  // on, newVirtualThreadPerTaskExecutor() does it for less.
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  private HealthServer(HttpServer server) {
    this.server = server;
  }

  /** Starts it on that port, or on a free one for 0. */
  static HealthServer start(WorkerClient client, int port) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    HealthServer health = new HealthServer(server);
    server.createContext("/health", new HealthHandler(client));
    server.setExecutor(health.threads);
    server.start();
    return health;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
