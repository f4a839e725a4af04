package dev.workerclient.benchmarks.silent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Forwards connections to a server, until those that are there go silent without being closed. */
final class SilentRelay implements AutoCloseable {
  /** A connection from a client and the one that carries it on. */
  private static final class Link {
    final Socket client;
    final Socket server;
    volatile boolean silent;

    Link(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }
  }

  private final ServerSocket listener;
  private final int port;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Makes one to that port of loopback. */
  SilentRelay(int port) {
    this.port = port;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /**
   * From now on nothing passes through the connections that there are; new ones are not affected.
   */
  void silence() {
    links.forEach(link -> link.silent = true);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), port));
        client.setTcpNoDelay(true);
        link.server.setTcpNoDelay(true);
        links.add(link);
        threads.execute(() -> carry(link, link.client, link.server));
        threads.execute(() -> carry(link, link.server, link.client));
      } catch (IOException e) {
        // It was closed, or else the next connection may come.
      }
    }
  }

  private static void carry(Link link, Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!link.silent) {
          out.write(buffer, 0, n);
        }
      }
      if (!link.silent) {
        to.close();
      }
    } catch (IOException e) {
      // One of the two has gone.
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Link link : links) {
        link.client.close();
        link.server.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdown();
  }
}
