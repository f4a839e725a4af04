package dev.workerclient.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets whose received bytes are bounded. They count against the {@link Overhead} of the
 * body that is being read: OkHttp reads a body of HTTP/1.1 on the thread that asks for it, TLS
 * included, so that is found by the thread. What the shared reader of an HTTP/2 connection receives
 * counts against the connection's {@link FrameBudget}.
 */
final class CountedSockets extends SocketFactory {
  private static final ThreadLocal<@Nullable Overhead> READING = new ThreadLocal<>();

  /** By their ends, which are also those of the TLS socket over one; OkHttp shows only that. */
  private static final Map<Ends, WeakReference<CountedSocket>> CONNECTED =
      new ConcurrentHashMap<>();

  /** Notes what the thread's reads count against from now on; returns what they did before. */
  static @Nullable Overhead count(@Nullable Overhead overhead) {
    @Nullable Overhead before = READING.get();
    READING.set(overhead);
    return before;
  }

  /** Returns counted sockets in place of the JVM's own; keeps a user's factory. */
  static SocketFactory over(SocketFactory base) {
    return base == SocketFactory.getDefault() ? new CountedSockets() : base;
  }

  /** The budget of that connection's socket; null where its socket is not a counted one. */
  static @Nullable FrameBudget frames(Socket connected) {
    WeakReference<CountedSocket> counted = CONNECTED.get(Ends.of(connected));
    CountedSocket socket = counted == null ? null : counted.get();
    return socket == null ? null : socket.frames;
  }

  @Override
  public Socket createSocket() {
    return new CountedSocket();
  }

  // OkHttp connects sockets by itself, and does not use the following.

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return SocketFactory.getDefault().createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return SocketFactory.getDefault().createSocket(host, port, localHost, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return SocketFactory.getDefault().createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return SocketFactory.getDefault().createSocket(host, port, localAddress, localPort);
  }

  private record Ends(SocketAddress local, SocketAddress remote) {
    static Ends of(Socket socket) {
      return new Ends(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
    }
  }

  private static final class CountedSocket extends Socket {
    private final FrameBudget frames = new FrameBudget();
    private final WeakReference<CountedSocket> self = new WeakReference<>(this);
    private volatile @Nullable Ends ends;

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      super.connect(endpoint, timeout);
      Ends connected = Ends.of(this);
      ends = connected;
      CONNECTED.put(connected, self);
      if (isClosed()) {
        CONNECTED.remove(connected, self);
      }
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new CountedStream(super.getInputStream(), frames);
    }

    @Override
    public synchronized void close() throws IOException {
      Ends connected = ends;
      if (connected != null) {
        CONNECTED.remove(connected, self);
      }
      super.close();
    }
  }

  private static final class CountedStream extends FilterInputStream {
    private final FrameBudget frames;

    CountedStream(InputStream in, FrameBudget frames) {
      super(in);
      this.frames = frames;
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      count(read);
      return read;
    }

    private void count(int read) throws IOException {
      if (read <= 0) {
        return;
      }
      @Nullable Overhead overhead = READING.get();
      if (overhead != null) {
        overhead.received(read);
      } else {
        frames.received(read);
      }
    }
  }
}
