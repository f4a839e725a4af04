package dev.workerclient.internal.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import okhttp3.Connection;
import okhttp3.HttpUrl;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * What each pooled connection was last seen to do. Keeps requests off those that the server has
 * closed, or whose path went silent. To look at a socket that is open takes a millisecond, so a
 * connection in use is not looked at. Thread-safe.
 */
final class Connections {
  /** For a call that can't be sent again if the connection breaks under it. */
  static final long SOON_NANOS = Duration.ofMillis(20).toNanos();

  /** For a call that can: below this, that costs less than a look. */
  static final long LATE_NANOS = Duration.ofSeconds(1).toNanos();

  /** Silence of less says nothing: the limit of the attempt may be shorter than the way is long. */
  private static final long TELLING_NANOS = Duration.ofMillis(500).toNanos();

  private static final int SHORTEST_MILLIS = 1;

  /** Compared by identity, and forgotten with the connections. */
  private final Map<Connection, Use> uses = Collections.synchronizedMap(new WeakHashMap<>());

  private final Function<Connection, Use> make = this::make;
  private final LongSupplier nanoTime;
  private final long suspicionNanos;
  private final @Nullable Renewal renewal;

  /**
   * Makes it.
   *
   * @param ping how often OkHttp pings an HTTP/2 connection
   * @param renewal knows how old connections may become; null if that has no limit
   */
  Connections(LongSupplier nanoTime, Duration ping, @Nullable Renewal renewal) {
    this.nanoTime = nanoTime;
    this.renewal = renewal;
    this.suspicionNanos = ping.multipliedBy(2).toNanos(); // An unanswered one is seen at the next.
  }

  private Use make(Connection connection) {
    Protocol protocol = connection.protocol();
    boolean multiplexed = protocol == Protocol.HTTP_2 || protocol == Protocol.H2_PRIOR_KNOWLEDGE;
    return new Use(
        multiplexed,
        multiplexed ? CountedSockets.frames(connection.socket()) : null,
        renewal == null ? 0 : renewal.due(nanoTime.getAsLong()));
  }

  /**
   * Notes that the attempt is about to write its request.
   *
   * @param url of the request
   * @throws Detour.UnusableException if it must not do so on this connection
   */
  void begin(Connection connection, HttpUrl url, Wire wire) throws IOException {
    Use use = uses.computeIfAbsent(connection, make);
    long now = nanoTime.getAsLong();
    boolean reused = use.carried || !wire.isNewConnection();
    if (reused) {
      if (use.multiplexed) { // OkHttp reads it all the time, and has seen its end.
        requireNotSilent(use, wire, now);
        if (renewal != null && use.claimsRenewal(now, renewal)) {
          renewal.start(connection, url);
        }
      } else {
        if (renewal != null && use.isDue(now)) {
          throw Detour.UnusableException.old();
        }
        // Nobody here has used it yet if it has not carried anything.
        requireOpen(use.carried ? now - use.since : Long.MAX_VALUE, connection, wire);
      }
    }
    use.writes(now);
    wire.writeBegins(use, reused);
  }

  /**
   * Suspicion of a silent path ends with the time in which OkHttp's pings would have found that.
   */
  private void requireNotSilent(Use use, Wire wire, long now) throws IOException {
    if (use.suspect && now - use.suspectedAt < suspicionNanos) {
      wire.leaveLane();
      throw Detour.UnusableException.silent();
    }
  }

  private static void requireOpen(long idleNanos, Connection connection, Wire wire)
      throws IOException {
    if (idleNanos >= wire.mostIdleNanos() && !isOpen(connection.socket())) {
      wire.foundClosed();
      throw Detour.UnusableException.closed();
    }
  }

  /**
   * Reads from a connection on which no response is due. The end of the stream is there at once;
   * that nothing comes takes the shortest read timeout, about 1.1 ms. A byte that nobody asked for
   * ends a connection too: it would be taken for the start of the next response.
   */
  private static boolean isOpen(Socket socket) {
    try {
      int timeout = socket.getSoTimeout();
      socket.setSoTimeout(SHORTEST_MILLIS);
      try {
        int unused = socket.getInputStream().read();
        return false;
      } catch (SocketTimeoutException e) {
        return true;
      } finally {
        socket.setSoTimeout(timeout);
      }
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * What one connection was last seen to do. Thread-safe: over HTTP/2 many calls use it at once,
   * and a time that one of them reads a moment late does no harm.
   */
  final class Use {
    private final boolean multiplexed;

    /** Of HTTP/2, on a socket that the client made; else null. */
    final CountedSockets.@Nullable FrameBudget frames;

    private volatile boolean carried;
    private volatile boolean unanswered;
    private volatile boolean suspect;

    /** When something last arrived, or the first request was written after that. */
    private volatile long since;

    private volatile long suspectedAt;

    /** When it is to be replaced, if connections may become only so old. */
    private volatile long due;

    private Use(boolean multiplexed, CountedSockets.@Nullable FrameBudget frames, long due) {
      this.multiplexed = multiplexed;
      this.frames = frames;
      this.due = due;
      if (frames != null) {
        frames.begin();
      }
    }

    private boolean isDue(long now) {
      return now - due >= 0;
    }

    /** Whether it is due, and the caller is the first to find that. */
    private boolean claimsRenewal(long now, Renewal renewal) {
      if (!isDue(now)) {
        return false;
      }
      synchronized (this) {
        boolean first = isDue(now);
        due = first ? renewal.dueAgain(now) : due;
        return first;
      }
    }

    private void writes(long now) {
      if (!unanswered) {
        unanswered = true;
        since = now;
      }
      carried = true;
    }

    /** Notes that something of a response arrived, and so that the path is not silent. */
    void arrived() {
      since = nanoTime.getAsLong();
      unanswered = false;
      suspect = false;
      if (frames != null) {
        frames.progressed();
      }
    }

    /** Notes that an attempt got no response in time. */
    void timedOut() {
      long now = nanoTime.getAsLong();
      if (now - since >= TELLING_NANOS) {
        suspectedAt = now;
        suspect = true;
      }
    }
  }
}
