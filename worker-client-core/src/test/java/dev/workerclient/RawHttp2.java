package dev.workerclient;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP/2 server on loopback that acknowledges SETTINGS and PING, and leaves the other frames to
 * its handler. Requests' heads are not decoded.
 */
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;
  static final int REFUSED_STREAM = 7;
  static final byte[] STATUS_200 = {(byte) 0x88};

  private static final int PREFACE = 24;
  private static final int ACK = 1;

  private final ServerSocket server;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();

  /** Makes the handler of one connection. */
  @FunctionalInterface
  interface Handlers {
    Handler of(Connection connection);
  }

  /** Called for each frame of a request, on one thread a connection. */
  @FunctionalInterface
  interface Handler {
    void received(int type, int flags, int stream) throws IOException, InterruptedException;

    /** Whether the frame is the last of its request. */
    static boolean endsRequest(int type, int flags) {
      return (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0;
    }
  }

  /** Writes the answer to one request. */
  @FunctionalInterface
  interface Answer {
    void write(Connection connection, int stream) throws IOException;
  }

  /** Answers each request on a thread of its own, so that a PING is answered meanwhile. */
  static Handlers answering(Answer answer) {
    return connection ->
        (type, flags, stream) -> {
          if (Handler.endsRequest(type, flags)) {
            start(() -> write(answer, connection, stream));
          }
        };
  }

  private static void write(Answer answer, Connection connection, int stream) {
    try {
      answer.write(connection, stream);
    } catch (IOException e) {
      // The client went away.
    }
  }

  RawHttp2(Handlers handlers) {
    this(socket(), handlers);
  }

  /** Makes it on a socket whose connections speak {@code h2}, by TLS or because both know. */
  RawHttp2(ServerSocket server, Handlers handlers) {
    this.server = server;
    start(() -> acceptAll(handlers));
  }

  private static ServerSocket socket() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many connections were made. */
  int connections() {
    return accepted.get();
  }

  /** Waits until the client has closed every connection. */
  void awaitNoConnections() {
    while (open.get() > 0) {
      TappedSockets.spinUnlessInterrupted();
    }
  }

  private void acceptAll(Handlers handlers) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        open.incrementAndGet();
        start(() -> serve(socket, handlers));
      } catch (IOException e) {
        return; // The server is closed.
      }
    }
  }

  static void start(Runnable task) {
    Thread thread = new Thread(task, "raw-http2");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket socket, Handlers handlers) {
    try (socket) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      Connection connection = new Connection(new DataOutputStream(socket.getOutputStream()));
      Handler handler = handlers.of(connection);
      in.readNBytes(PREFACE);
      connection.write(SETTINGS, 0, 0, new byte[0]);
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(length);
        if (type != SETTINGS && type != PING) {
          handler.received(type, flags, stream);
        } else if (flags != ACK) {
          connection.write(type, ACK, 0, type == PING ? payload : new byte[0]);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client went away.
    } finally {
      open.decrementAndGet();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes frames. Thread-safe. */
  static final class Connection {
    private final DataOutputStream out;

    private Connection(DataOutputStream out) {
      this.out = out;
    }

    void write(int type, int flags, int stream, byte[] payload) throws IOException {
      write(frame(type, flags, stream, payload));
    }

    /** Writes the frame until that many bytes are written, in pieces of many frames. */
    void repeat(long bytes, int type, int flags, int stream, byte[] payload) throws IOException {
      byte[] frame = frame(type, flags, stream, payload);
      byte[] piece = new byte[frame.length * (65536 / frame.length)];
      for (int at = 0; at < piece.length; at += frame.length) {
        System.arraycopy(frame, 0, piece, at, frame.length);
      }
      for (long written = 0; written < bytes; written += piece.length) {
        write(piece);
      }
    }

    private synchronized void write(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
      return ByteBuffer.allocate(9 + payload.length)
          .put((byte) (payload.length >> 16))
          .putShort((short) payload.length)
          .put((byte) type)
          .put((byte) flags)
          .putInt(stream)
          .put(payload)
          .array();
    }
  }
}
