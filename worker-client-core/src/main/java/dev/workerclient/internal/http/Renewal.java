package dev.workerclient.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import okhttp3.Connection;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces HTTP/2 connections that are as old as they may become. It connects anew beside the
 * calls, and sends nothing; then the pool hands out the new connection, and calls that are under
 * way on the old one come to their end. While no connection can be made, the old one stays in use.
 * Thread-safe.
 */
final class Renewal {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  /** So much earlier than the limit at most, or all connections would be made anew at once. */
  private static final double JITTER = 0.1;

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  private final OkHttpClient client;
  private final Watchdog watchdog;
  private final long maxAgeNanos;
  private final DoubleSupplier random;

  /**
   * Makes it.
   *
   * @param base makes the connections that are to be replaced
   */
  Renewal(OkHttpClient base, Duration maxAge, Watchdog watchdog, DoubleSupplier random) {
    OkHttpClient.Builder connecting =
        base.newBuilder().eventListener(EventListener.NONE).callTimeout(CONNECT_LIMIT);
    connecting.interceptors().clear();
    connecting.networkInterceptors().clear();
    this.client =
        connecting
            .addNetworkInterceptor(
                chain -> {
                  throw new ConnectedException(Objects.requireNonNull(chain.connection()));
                })
            .build();
    this.watchdog = watchdog;
    this.maxAgeNanos = maxAge.toNanos();
    this.random = random;
  }

  /** When a connection is due that is used for the first time now. */
  long due(long now) {
    return now + maxAgeNanos - (long) (maxAgeNanos * JITTER * random.getAsDouble());
  }

  /** When it is due again if it is still in use then. */
  long dueAgain(long now) {
    return now + Math.max(CONNECT_LIMIT.toNanos(), maxAgeNanos / 10);
  }

  /**
   * Starts to replace the connection, unless it is not one of the client's own; returns at once.
   *
   * @param url of the call that found it due
   */
  void start(Connection old, HttpUrl url) {
    if (CountedSockets.canRetire(old.socket())) {
      watchdog.start(0, () -> replace(old, url));
    }
  }

  private void replace(Connection old, HttpUrl url) {
    Successor dns = Successor.of(old.route().address().dns());
    OkHttpClient once = client.newBuilder().dns(dns).build();
    try {
      once.newCall(new Request.Builder().url(url).build()).execute().close();
    } catch (ConnectedException e) {
      Socket made = e.connection.socket();
      CountedSockets.FrameBudget frames = CountedSockets.frames(made);
      if (frames != null) {
        frames.begin();
      }
      if (watchdog.isClosed()) {
        close(made); // Nobody would use the connection, nor close it for minutes.
        return;
      }
      dns.joined = true;
      CountedSockets.retire(old.socket());
    } catch (IOException | RuntimeException e) {
      LOGGER.debug("a connection to {} is older than connectionMaxAge and stays", url.host(), e);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /**
   * Resolves names as the other does. To OkHttp's pool its connections lead to another address
   * until it joins; from then on to the same.
   */
  private static final class Successor implements Dns {
    private final Dns dns;
    private volatile boolean joined;

    private Successor(Dns dns) {
      this.dns = dns;
    }

    static Successor of(Dns dns) {
      return new Successor(dns instanceof Successor successor ? successor.dns : dns);
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
      return dns.lookup(host);
    }

    @Override
    public Dns.Call newCall(Dns.Request request) {
      return dns.newCall(request);
    }

    /** The pool asks the connection's one whether it equals that of the call. */
    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || (joined && dns.equals(other));
    }

    @Override
    public int hashCode() {
      return dns.hashCode();
    }
  }

  /** The connection is there, and in the pool if it is one of HTTP/2; nothing was written to it. */
  private static final class ConnectedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Connection connection;

    ConnectedException(Connection connection) {
      super("connected");
      this.connection = connection;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
