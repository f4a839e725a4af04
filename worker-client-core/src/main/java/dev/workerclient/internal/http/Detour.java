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
 * The way to another connection where the pooled one can't carry the request. OkHttp has dropped
 * one that was closed. A silent one stays, for the streams that are on it; there is no public way
 * to take it out of the pool, so the request leaves by another lane: an address that is another to
 * the pool, and the same to the network. Calls share the connections of a lane as any others.
 */
final class Detour {
  private static final int LANES = 3;

  private Detour() {}

  /** Sends the request on the first connection that can carry it. */
  static Response proceed(Interceptor.Chain chain) throws IOException {
    Interceptor.Chain way = chain;
    int lane = 0;
    while (lane <= LANES) {
      try {
        return way.proceed(chain.request());
      } catch (UnusableConnectionException e) {
        if (e.isSilent()) {
          lane++;
          way = chain.withDns(new Lane(lane, chain.getDns()));
        }
      }
    }
    return onConnectionOfItsOwn(chain);
  }

  /** Sends the request on a new connection, which no other call uses. */
  static Response onConnectionOfItsOwn(Interceptor.Chain chain) throws IOException {
    ConnectionPool none = new ConnectionPool(0, 1, TimeUnit.SECONDS);
    return chain.withConnectionPool(none).proceed(chain.request());
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
