package dev.workerclient.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets whose received bytes are bounded. They count against the {@link
 * NetworkBody.Overhead} of the body that is being read: OkHttp reads a body of HTTP/1.1 on the
 * thread that asks for it, TLS included, so that is found by the thread. What the shared reader of
 * an HTTP/2 connection receives counts against the connection's {@link FrameBudget}.
 */
final class CountedSockets extends SocketFactory {
  private static final ThreadLocal<NetworkBody.@Nullable Overhead> READING = new ThreadLocal<>();

  /** By their ends, which are also those of the TLS socket over one; OkHttp shows only that. */
  private static final Map<Ends, WeakReference<CountedSocket>> CONNECTED =
      new ConcurrentHashMap<>();

  /** Notes what the thread's reads count against from now on; returns what they did before. */
  static NetworkBody.@Nullable Overhead count(NetworkBody.@Nullable Overhead overhead) {
    NetworkBody.@Nullable Overhead before = READING.get();
    READING.set(overhead);
    return before;
  }

  private final boolean retirable;

  private CountedSockets(boolean retirable) {
    this.retirable = retirable;
  }

  /**
   * Returns counted sockets in place of the JVM's own; keeps a user's factory.
   *
   * @param retirable whether their connections can be taken out of OkHttp's pool
   */
  static SocketFactory over(SocketFactory base, boolean retirable) {
    return base == SocketFactory.getDefault() ? new CountedSockets(retirable) : base;
  }

  /** The budget of that connection's socket; null if its socket is not a counted one. */
  static @Nullable FrameBudget frames(Socket connected) {
    CountedSocket socket = counted(connected);
    return socket == null ? null : socket.frames;
  }

  /** Whether that connection can be taken out of OkHttp's pool. */
  static boolean canRetire(Socket connected) {
    return counted(connected) instanceof RetirableSocket;
  }

  /**
   * Takes that connection out of OkHttp's pool as soon as a call would be given it. Calls that are
   * under way on it come to their end; then OkHttp closes it.
   */
  static void retire(Socket connected) {
    if (counted(connected) instanceof RetirableSocket socket) {
      socket.retired = true;
    }
  }

  private static @Nullable CountedSocket counted(Socket connected) {
    WeakReference<CountedSocket> counted = CONNECTED.get(Ends.of(connected));
    return counted == null ? null : counted.get();
  }

  @Override
  public Socket createSocket() {
    return retirable ? new RetirableSocket() : new CountedSocket();
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

    // Written out, because the JVM loads 57 classes to make these two methods of a record.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Ends ends
          && Objects.equals(local, ends.local)
          && Objects.equals(remote, ends.remote);
    }

    @Override
    public int hashCode() {
      return 31 * Objects.hashCode(local) + Objects.hashCode(remote);
    }
  }

  private static class CountedSocket extends Socket {
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

  /** Can be taken out of OkHttp's pool. */
  private static final class RetirableSocket extends CountedSocket {
    private volatile boolean retired;

    /**
     * Says once that it is closed after it was retired. OkHttp asks before it hands a connection
     * out, and gives it to no call from then on. Others who ask are about to close it.
     */
    @Override
    public boolean isClosed() {
      if (retired) {
        retired = false;
        return true;
      }
      return super.isClosed();
    }

    @Override
    public synchronized void close() throws IOException {
      retired = false;
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
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0) {
        NetworkBody.@Nullable Overhead overhead = READING.get();
        if (overhead != null) {
          overhead.received(read);
        } else if (frames.counting) {
          frames.received(read);
        }
      }
      return read;
    }
  }

  /**
   * Bounds what the server of an HTTP/2 connection sends while no call gets anything from it: PING,
   * SETTINGS, empty DATA, repeated headers. OkHttp 5.5.1 reads such frames without end on a thread
   * of its own, keeps all headers, and searches its queue for each PING. Thread-safe.
   */
  static final class FrameBudget {
    /** Has room for headers as large as OkHttp takes them, 256 KiB. */
    static final int AHEAD = 512 * 1024;

    /**
     * What may arrive of a body that nobody reads: OkHttp's window is 16 MiB, and events of 20
     * bytes are sent as 50.
     */
    private static final long UNREAD = 64L << 20;

    /** How long the reader waits for a call's thread to take the response that has arrived. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

    /** How long more of a body may arrive that was given up. */
    private static final long GRACE_NANOS = Duration.ofSeconds(10).toNanos();

    private volatile boolean counting;
    private long left = AHEAD;
    private int unread;
    private boolean grace;
    private long graceEnd;

    /** Counts from now on: the connection turned out to be one of HTTP/2. */
    void begin() {
      counting = true;
    }

    /**
     * Counts bytes that OkHttp's reader received.
     *
     * @throws NetworkBody.ExcessException if they are too many
     */
    synchronized void received(int bytes) throws IOException {
      left -= bytes;
      if (left < 0) {
        awaitProgress();
      }
    }

    private void awaitProgress() throws IOException {
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (left < 0) {
        long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
        if (millis <= 0) {
          throw new NetworkBody.ExcessException(AHEAD);
        }
        try {
          wait(millis);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted");
        }
      }
    }

    /** Notes that a call got its response, or some of its body. */
    synchronized void progressed() {
      grace = grace && System.nanoTime() - graceEnd < 0;
      left = AHEAD + (unread + (grace ? 1 : 0)) * UNREAD;
      notifyAll();
    }

    /** Notes that nobody reads a streamed body for now. */
    synchronized void paused() {
      unread++;
      progressed();
    }

    /** Notes that it is being read, or was closed. */
    synchronized void resumed() {
      unread--;
    }

    /** Notes that a body was given up, of which more may be on its way. */
    synchronized void gaveUp() {
      grace = true;
      graceEnd = System.nanoTime() + GRACE_NANOS;
      progressed();
    }
  }
}
