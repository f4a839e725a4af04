package dev.workerclient.mockserver.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers each request, up to its empty line, with the same bytes. */
final class CannedServer implements AutoCloseable {
  private static final String END = "\r\n\r\n";

  /** What came by each connection, whole or up to where it broke off. */
  final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final ServerSocket listener;
  private final byte[] answer;

  CannedServer(String answer) throws IOException {
    this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void endConnections() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try (listener) {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    StringBuilder request = new StringBuilder();
    try (socket) {
      InputStream in = socket.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        request.append((char) b);
        if (request.indexOf(END) >= 0) {
          received.add(request.toString());
          request.setLength(0);
          socket.getOutputStream().write(answer);
        }
      }
    } catch (IOException e) {
      // The connection broke.
    }
    if (!request.isEmpty()) {
      received.add(request.toString());
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "canned-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
