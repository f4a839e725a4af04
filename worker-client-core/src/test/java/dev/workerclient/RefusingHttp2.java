package dev.workerclient;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP/2 server that carries one stream a connection at once, refuses others, and has not said
 * so: its SETTINGS come too late. Answers when that many requests have arrived.
 */
final class RefusingHttp2 implements AutoCloseable {
  private static final int PREFACE = 24;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int REFUSED_STREAM = 7;
  private static final byte[] STATUS_200 = {(byte) 0x88};

  private final ServerSocket server;
  private final CountDownLatch awaited;
  private final AtomicInteger carried = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  RefusingHttp2(int requests) {
    awaited = new CountDownLatch(requests);
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

  /** How many requests were answered. */
  int carried() {
    return carried.get();
  }

  /** How many were refused. */
  int refused() {
    return refused.get();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        start(() -> serve(socket));
      } catch (IOException e) {
        return; // The server is closed.
      }
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "refusing-http2");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      Connection connection = new Connection(new DataOutputStream(socket.getOutputStream()));
      in.readNBytes(PREFACE);
      connection.write(SETTINGS, 0, 0, new byte[0]);
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        connection.received(type, flags, stream, in.readNBytes(length));
      }
    } catch (IOException e) {
      // The client went away.
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

  private final class Connection {
    private final DataOutputStream out;
    private int current;

    Connection(DataOutputStream out) {
      this.out = out;
    }

    synchronized void received(int type, int flags, int stream, byte[] payload) throws IOException {
      if (type == SETTINGS && flags != ACK) {
        write(SETTINGS, ACK, 0, new byte[0]);
      } else if (type == PING && flags != ACK) {
        write(PING, ACK, 0, payload);
      } else if (type == HEADERS) {
        awaited.countDown();
        if (current == 0) {
          current = stream;
        } else {
          refused.incrementAndGet();
          write(RST_STREAM, 0, stream, new byte[] {0, 0, 0, REFUSED_STREAM});
        }
      }
      boolean ends = (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0;
      if (ends && stream == current) {
        carried.incrementAndGet();
        start(() -> answer(stream));
      }
    }

    private void answer(int stream) {
      try {
        awaited.await();
        synchronized (this) {
          current = 0;
          write(HEADERS, END_HEADERS | END_STREAM, stream, STATUS_200);
        }
      } catch (IOException | InterruptedException e) {
        // The client went away.
      }
    }

    synchronized void write(int type, int flags, int stream, byte[] payload) throws IOException {
      out.writeByte(payload.length >> 16);
      out.writeShort(payload.length);
      out.writeByte(type);
      out.writeByte(flags);
      out.writeInt(stream);
      out.write(payload);
      out.flush();
    }
  }
}
