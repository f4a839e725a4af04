package dev.workerclient.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * The way to another connection if the pooled one can't carry the request.
 *
 * <p>OkHttp drops one that was closed. One that is silent stays, for the streams that are on it:
 * there is no public way to take it out of the pool. So the request leaves by another lane, an
 * address that is another to the pool and the same to the network. Calls share the connections of a
 * lane as any others.
 */
final class Detour {
  /** As many as can go silent, each for half a second, before suspicion of the first ends. */
  private static final int LANES = 20;

  /** How many closed connections one call gets over before it makes one of its own. */
  private static final int MOST_CLOSED = 1_000;

  private Detour() {}

  /**
   * Sends the request on the first connection of its lane that can carry it.
   *
   * @throws UnusableConnectionException if the lane's connection is silent; the OkHttp call holds
   *     on to it, so that another call must take the next lane
   */
  static Response proceed(Interceptor.Chain chain, WireLog wire) throws IOException {
    Interceptor.Chain way = inLane(chain, wire.lane());
    for (int closed = 0; closed < MOST_CLOSED; closed++) {
      try {
        return way.proceed(chain.request());
      } catch (BodilessAnswerException e) {
        return e.response();
      } catch (UnusableConnectionException e) {
        if (e.isSilent() || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
    return onConnectionOfItsOwn(chain);
  }

  private static Interceptor.Chain inLane(Interceptor.Chain chain, int lane) {
    if (lane == 0) {
      return chain;
    }
    return lane <= LANES ? chain.withDns(new Lane(lane, chain.getDns())) : withoutPool(chain);
  }

  /** Sends the request on a new connection, which no other call uses. */
  static Response onConnectionOfItsOwn(Interceptor.Chain chain) throws IOException {
    return withoutPool(chain).proceed(chain.request());
  }

  private static Interceptor.Chain withoutPool(Interceptor.Chain chain) {
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
}
