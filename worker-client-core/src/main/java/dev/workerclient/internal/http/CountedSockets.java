package dev.workerclient.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets whose received bytes count against the {@link Overhead} of the body that is being
 * read. OkHttp reads a body of HTTP/1.1 on the thread that asks for it, TLS included, so that is
 * found by the thread; the shared reader of an HTTP/2 connection has none.
 */
final class CountedSockets extends SocketFactory {
  private static final ThreadLocal<@Nullable Overhead> READING = new ThreadLocal<>();

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

  private static final class CountedSocket extends Socket {
    @Override
    public InputStream getInputStream() throws IOException {
      return new CountedStream(super.getInputStream());
    }
  }

  private static final class CountedStream extends FilterInputStream {
    CountedStream(InputStream in) {
      super(in);
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

    private static void count(int read) throws IOException {
      @Nullable Overhead overhead = READING.get();
      if (overhead != null && read > 0) {
        overhead.received(read);
      }
    }
  }
}
