package dev.workerclient;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on loopback that writes the very bytes it is told to, be they HTTP or not. {@link #FINE}
 * is always answered well. Requests have no body.
 */
final class RawServer implements AutoCloseable {
  static final String FINE = "/fine";

  private final ServerSocket server;
  private final List<Seen> requests = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Reply reply = out -> out.close();

  /**
   * What is written for a request. When it returns, the next request of the connection is awaited,
   * so that a body which is not complete stays so; closing the stream closes the connection.
   */
  @FunctionalInterface
  interface Reply {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  /** A request that was read. */
  record Seen(int connection, String path) {}

  RawServer() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::acceptAll);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  RawServer replies(Reply next) {
    reply = next;
    return this;
  }

  /** Writes that text, each character a byte, and no more. */
  RawServer replies(String text) {
    return replies(out -> out.write(text.getBytes(ISO_8859_1)));
  }

  /** The requests but those for {@link #FINE}, in order. */
  List<Seen> requests() {
    return requests.stream().filter(seen -> !seen.path().equals(FINE)).toList();
  }

  /** The connection of the request that was read last. */
  int lastConnection() {
    return requests.get(requests.size() - 1).connection();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        start(() -> serve(socket, connections.getAndIncrement()));
      } catch (IOException e) {
        return; // The server is closed.
      }
    }
  }

  private void serve(Socket socket, int connection) {
    try (socket) {
      socket.setTcpNoDelay(true); // A body after its head waits for no acknowledgement.
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String head = readHead(in); !head.isEmpty(); head = readHead(in)) {
        String path = head.split(" ", 3)[1];
        requests.add(new Seen(connection, path));
        if (path.equals(FINE)) {
          out.write(
              ("HTTP/1.1 200 OK\r\nBinding-Proxy-Outcome: target-answered\r\n"
                      + "Content-Length: 4\r\n\r\nfine")
                  .getBytes(ISO_8859_1));
        } else {
          reply.write(out);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client went away, which is what most of these replies drive it to.
    } finally {
      sockets.remove(socket);
    }
  }

  /** Returns the request's head; empty where the client has closed the connection. */
  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Writes to all connections what nobody asked for. */
  void sendUnasked(String text) {
    try {
      for (Socket socket : sockets) {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the client has closed every connection. */
  void awaitNoConnections() {
    while (!sockets.isEmpty()) {
      TappedSockets.spinUnlessInterrupted();
    }
  }

  /** Closes all connections at once, as where the server's keep-alive is over. */
  void closeConnections() {
    try {
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    closeConnections();
  }
}
