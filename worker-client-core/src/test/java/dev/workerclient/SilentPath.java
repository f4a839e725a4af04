package dev.workerclient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A path to a server on loopback, on which connections can go silent without being closed. */
final class SilentPath implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final List<Tunnel> tunnels = new CopyOnWriteArrayList<>();

  SilentPath(int target) {
    this.target = target;
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

  /** How many connections were made. */
  int connections() {
    return tunnels.size();
  }

  /** Lets nothing through on the connections that there are; new ones work. */
  void silence() {
    tunnels.forEach(tunnel -> tunnel.silent = true);
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Tunnel tunnel = new Tunnel(client, new Socket(InetAddress.getLoopbackAddress(), target));
        tunnels.add(tunnel);
        start(() -> tunnel.pump(tunnel.client, tunnel.upstream));
        start(() -> tunnel.pump(tunnel.upstream, tunnel.client));
      } catch (IOException e) {
        return; // The path is closed.
      }
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "silent-path");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Tunnel tunnel : tunnels) {
        tunnel.client.close();
        tunnel.upstream.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Tunnel {
    private final Socket client;
    private final Socket upstream;
    private volatile boolean silent;

    Tunnel(Socket client, Socket upstream) throws IOException {
      this.client = client;
      this.upstream = upstream;
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
    }

    void pump(Socket from, Socket to) {
      byte[] bytes = new byte[8192];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
          if (!silent) {
            out.write(bytes, 0, read);
          }
        }
        if (!silent) {
          to.close();
        }
      } catch (IOException e) {
        // One of the ends is gone.
      }
    }
  }
}
