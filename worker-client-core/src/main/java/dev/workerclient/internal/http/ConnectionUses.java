package dev.workerclient.internal.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import okhttp3.Connection;
import okhttp3.Protocol;

/**
 * Keeps requests off pooled connections that the server has closed, or whose path went silent. To
 * look at a socket that is open takes a millisecond, so a connection in use is not looked at.
 * Thread-safe.
 */
final class ConnectionUses {
  /** For a call that can't be sent again if the connection breaks under it. */
  private static final long SOON_NANOS = Duration.ofMillis(20).toNanos();

  /** For a call that can: below this, that costs less than a look. */
  private static final long LATE_NANOS = Duration.ofSeconds(1).toNanos();

  /** Compared by identity, and forgotten with the connections. */
  private final Map<Connection, ConnectionUse> uses =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Function<Connection, ConnectionUse> make;

  /**
   * Makes it.
   *
   * @param ping how often OkHttp pings an HTTP/2 connection
   */
  ConnectionUses(LongSupplier nanoTime, Duration ping) {
    long suspicion = ping.multipliedBy(2).toNanos(); // An unanswered one is seen at the next.
    this.make =
        connection ->
            new ConnectionUse(
                nanoTime,
                suspicion,
                isMultiplexed(connection) ? CountedSockets.frames(connection.socket()) : null);
  }

  /**
   * Notes that the attempt is about to write its request.
   *
   * @throws UnusableConnectionException if it must not do so on this connection
   */
  void begin(Connection connection, WireLog wire) throws IOException {
    ConnectionUse use = uses.computeIfAbsent(connection, make);
    boolean reused = use.hasCarried() || !wire.isNewConnection();
    if (reused) {
      requireUsable(connection, use, wire);
    }
    use.writes();
    wire.writeBegins(use, reused);
  }

  private static void requireUsable(Connection connection, ConnectionUse use, WireLog wire)
      throws IOException {
    if (isMultiplexed(connection)) { // OkHttp reads it all the time, and has seen its end.
      if (use.isSuspect()) {
        wire.leaveLane();
        throw UnusableConnectionException.silent();
      }
    } else if (use.idleNanos() >= idleLimit(wire) && !OpenSocket.isOpen(connection.socket())) {
      wire.foundClosed();
      throw UnusableConnectionException.closed();
    }
  }

  /** A server that closed one connection has most likely closed others too. */
  private static long idleLimit(WireLog wire) {
    if (wire.hasFoundClosed()) {
      return 0;
    }
    return wire.canBeResent() ? LATE_NANOS : SOON_NANOS;
  }

  private static boolean isMultiplexed(Connection connection) {
    Protocol protocol = connection.protocol();
    return protocol == Protocol.HTTP_2 || protocol == Protocol.H2_PRIOR_KNOWLEDGE;
  }
}
