package dev.workerclient.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.util.Objects;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt does on the wire, as OkHttp's events and the innermost interceptor see it.
 * Travels as a tag of the attempt's request. Written on the thread that runs the attempt, and by
 * user's interceptors' threads.
 */
final class Wire extends EventListener {
  private static final int PROXY_AUTH = 407;

  /** A status that OkHttp does nothing about. */
  private static final int INERT = 499;

  /** A pooled connection that was idle for longer is looked at before it is used. */
  private volatile long mostIdleNanos;

  private volatile boolean newConnection;
  private volatile boolean responseSeen;
  private volatile int exchanges;
  private volatile int lane;
  private volatile Connections.@Nullable Use use;

  /** Whether nobody reads the body for now: an interceptor or the user may take their time. */
  private boolean unread;

  /** A response that OkHttp is about to refuse, or sees another form of. */
  private volatile @Nullable Response kept;

  /** Makes it for an attempt that can, or can't, be sent again if its connection breaks. */
  Wire(boolean canBeResent) {
    this.mostIdleNanos = canBeResent ? Connections.LATE_NANOS : Connections.SOON_NANOS;
  }

  /** Notes that a connection was made for the next request; any other comes from the pool. */
  @Override
  public void connectEnd(
      okhttp3.Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    newConnection = true;
  }

  /** Whether the connection was made for this attempt, and not taken from the pool. */
  boolean isNewConnection() {
    return newConnection;
  }

  /** Notes that a pooled connection was closed. Then its server has most likely closed others. */
  void foundClosed() {
    mostIdleNanos = 0;
  }

  long mostIdleNanos() {
    return mostIdleNanos;
  }

  /** Notes that the connection of the request's lane is silent. */
  synchronized void leaveLane() {
    lane++;
  }

  /** Which lane the request takes; 0 for the address that the user set. */
  int lane() {
    return lane;
  }

  synchronized void writeBegins(Connections.Use on, boolean reused) {
    if (unread) {
      readBegins();
    }
    exchanges++;
    use = on;
    newConnection = !reused;
    kept = null;
  }

  /** Notes a response that can have no body, which OkHttp refuses if it names a length. */
  @Override
  public void responseHeadersEnd(okhttp3.Call call, Response response) {
    if (response.code() == 204 || response.code() == 205) {
      kept = response;
    }
  }

  /** Notes the response, and what it was before OkHttp was shown less of it; else null. */
  private void responseArrived(@Nullable Response original) {
    responseSeen = true;
    kept = original;
    Connections.Use on = Objects.requireNonNull(use);
    on.arrived();
    if (on.frames != null) {
      readPauses();
    }
  }

  /** Notes that more of the response arrived, or its end. */
  void arrived() {
    Connections.Use on = use;
    if (on != null) {
      on.arrived();
    }
  }

  /** Notes that the attempt's time was up. */
  void timedOut() {
    Connections.Use on = use;
    if (on != null && !newConnection && !responseSeen) {
      on.timedOut();
    }
  }

  /** Notes that nobody reads the body of the response for now. */
  synchronized void readPauses() {
    CountedSockets.FrameBudget counted = frames();
    if (!unread && counted != null) {
      unread = true;
      counted.paused();
    }
  }

  /** Notes that the body of the response is read from now on, or given up. */
  synchronized void readBegins() {
    CountedSockets.FrameBudget counted = unread ? frames() : null;
    if (counted != null) {
      unread = false;
      counted.resumed();
    }
  }

  /** Notes that some of a body arrived, of which there may be much. */
  void progressed() {
    Connections.Use on = use;
    if (on != null && on.frames != null) {
      on.frames.progressed();
    }
  }

  /** Notes that the body of the response was given up, of which more may be on its way. */
  void gaveUp() {
    CountedSockets.FrameBudget counted = frames();
    if (responseSeen && counted != null) {
      counted.gaveUp();
    }
  }

  private CountedSockets.@Nullable FrameBudget frames() {
    Connections.Use on = use;
    return on == null ? null : on.frames;
  }

  /** How many requests were begun on the wire; more than one only by a user's interceptor. */
  int exchanges() {
    return exchanges;
  }

  boolean responseSeen() {
    return responseSeen;
  }

  /** Gives the response back what was hidden from OkHttp, once. */
  Response restore(Response response) {
    Response original = kept;
    if (original == null) {
      return response;
    }
    kept = null;
    if (original.code() == PROXY_AUTH) {
      return response.newBuilder().code(PROXY_AUTH).build();
    }
    Headers.Builder headers = response.headers().newBuilder();
    for (String value : original.headers("Retry-After")) {
      headers.addUnsafeNonAscii("Retry-After", value); // As leniently as OkHttp reads responses.
    }
    return response.newBuilder().headers(headers.build()).build();
  }

  /**
   * Sees each exchange as the innermost network interceptor: what follows it is the write to the
   * socket. It keeps requests off dead connections and plain HTTP on loopback, and hides what
   * OkHttp would act on: {@code Retry-After}, and the target's own 407.
   */
  static final class Observer implements Interceptor {
    private final Connections connections;

    Observer(Connections connections) {
      this.connections = connections;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
      // The call's own request: a user's interceptor may have built another without our tag.
      Request original = chain.call().request();
      Wire wire = Objects.requireNonNull(original.tag(Wire.class));
      Connection connection = Objects.requireNonNull(chain.connection());
      requireLoopback(original.url(), connection);
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted"); // OkHttp would stop while it writes.
      }
      connections.begin(connection, original.url(), wire);
      Response response = bounded(proceed(chain, wire), original);
      Response hidden = hidden(response, chain.request(), connection);
      wire.responseArrived(hidden == response ? null : response);
      return hidden;
    }

    /** A name that should be loopback may resolve elsewhere; the connected address decides. */
    private static void requireLoopback(HttpUrl url, Connection connection) throws IOException {
      InetAddress connected = connection.route().socketAddress().getAddress();
      boolean loopback = connected != null && connected.isLoopbackAddress();
      if (!loopback && Transport.staysOnLoopback(url)) {
        throw new IOException("plain http was about to leave this machine; use https");
      }
    }

    /** What OkHttp 5.5.1 does badly with a malformed response is put right, or refused, here. */
    private static Response proceed(Chain chain, Wire wire) throws IOException {
      try {
        return chain.proceed(chain.request());
      } catch (IllegalStateException e) {
        if (chain.request().body() != null) {
          throw e; // May be the body's supplier's.
        }
        throw new ProtocolException("a status below 0");
      } catch (ProtocolException e) {
        Response bodiless = wire.kept;
        if (bodiless == null) {
          throw e;
        }
        wire.responseArrived(null);
        throw new BodilessAnswerException(bodiless);
      }
    }

    private static Response bounded(Response response, Request original) throws IOException {
      long length = response.body().contentLength();
      if (length < -1) {
        throw new ProtocolException("a negative Content-Length");
      }
      boolean encoded = response.header("Content-Encoding") != null;
      if (length == 0) {
        return encoded ? response.newBuilder().removeHeader("Content-Encoding").build() : response;
      }
      return encoded || response.header("Transfer-Encoding") != null
          ? NetworkBody.bound(response, original)
          : response;
    }

    private static Response hidden(Response response, Request request, Connection connection) {
      int status = response.code();
      if (status == PROXY_AUTH) {
        // To a request in a tunnel, or without a proxy, it is the target's: the proxy's came
        // before.
        boolean fromProxy =
            connection.route().proxy().type() == Proxy.Type.HTTP && !request.isHttps();
        return fromProxy ? response : response.newBuilder().code(INERT).build();
      }
      return (status == 503 || status == 408) && response.header("Retry-After") != null
          ? response.newBuilder().removeHeader("Retry-After").build()
          : response;
    }
  }

  /**
   * A 204 or 205 that names a length, which OkHttp refuses. It is an answer without a body all the
   * same (RFC 9110, 15.3.5), and travels as an exception so that OkHttp closes the connection, on
   * which a body may follow.
   */
  static final class BodilessAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Response response;

    private BodilessAnswerException(Response response) {
      super("an answer that has no body names a length");
      this.response = response;
    }

    Response response() {
      return response;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
