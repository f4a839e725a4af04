package dev.workerclient.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * The innermost application interceptor, if the user has any or a pooled connection can't carry the
 * request. It takes back what a user's interceptor may have switched on for this call, and knows
 * the way to another connection.
 *
 * <p>OkHttp drops a connection that was closed. One that is silent stays, for the streams that are
 * on it: there is no public way to take it out of the pool. So the request leaves by another lane,
 * an address that is another to the pool and the same to the network. Calls share the connections
 * of a lane as any others.
 */
final class Detour implements Interceptor {
  /** As many as can go silent, each for half a second, before suspicion of the first ends. */
  private static final int LANES = 20;

  /** How many closed connections one call gets over before it makes one of its own. */
  private static final int MOST_CLOSED = 1_000;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Wire wire = Objects.requireNonNull(chain.call().request().tag(Wire.class));
    return wire.restore(proceed(hardened(chain), wire));
  }

  private static Chain hardened(Chain chain) {
    Chain hardened = chain;
    if (chain.getRetryOnConnectionFailure()) {
      hardened = hardened.withRetryOnConnectionFailure(false);
    }
    if (chain.getAuthenticator() != Authenticator.NONE) {
      hardened = hardened.withAuthenticator(Authenticator.NONE);
    }
    if (chain.getCookieJar() != CookieJar.NO_COOKIES) {
      hardened = hardened.withCookieJar(CookieJar.NO_COOKIES);
    }
    return chain.getCache() == null ? hardened : hardened.withCache(null);
  }

  /**
   * Sends the request on the first connection of its lane that can carry it.
   *
   * @throws UnusableException if the lane's connection is silent; the OkHttp call holds on to it,
   *     so that another call must take the next lane
   */
  private static Response proceed(Chain chain, Wire wire) throws IOException {
    Chain way = inLane(chain, wire.lane());
    for (int closed = 0; closed < MOST_CLOSED; closed++) {
      try {
        return way.proceed(chain.request());
      } catch (Wire.BodilessAnswerException e) {
        return e.response();
      } catch (UnusableException e) {
        if (e.silent || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
    return onConnectionOfItsOwn(chain);
  }

  private static Chain inLane(Chain chain, int lane) {
    if (lane == 0) {
      return chain;
    }
    return lane <= LANES ? chain.withDns(new Lane(lane, chain.getDns())) : withoutPool(chain);
  }

  /** Sends the request on a new connection, which no other call uses. */
  static Response onConnectionOfItsOwn(Chain chain) throws IOException {
    return withoutPool(chain).proceed(chain.request());
  }

  private static Chain withoutPool(Chain chain) {
    return chain.withConnectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS));
  }

  /** Resolves names as the user's own does, and is another one to OkHttp's pool. */
  private record Lane(int number, Dns dns) implements Dns {
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
      return dns.lookup(host);
    }

    @Override
    public Dns.Call newCall(Dns.Request request) {
      return dns.newCall(request);
    }
  }

  /** A pooled connection can't carry the request, of which nothing was written. */
  static final class UnusableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Whether the connection stays in the pool, for the requests that it carries. */
    private final boolean silent;

    private UnusableException(String message, boolean silent) {
      super(message);
      this.silent = silent;
    }

    static UnusableException closed() {
      return new UnusableException("the server had closed the pooled connection", false);
    }

    static UnusableException old() {
      return new UnusableException("the pooled connection is older than connectionMaxAge", false);
    }

    static UnusableException silent() {
      return new UnusableException("nothing arrives on the pooled connection", true);
    }

    /** None: it is thrown once for each connection, and never leaves the attempt. */
    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }
}
