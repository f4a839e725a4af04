package dev.workerclient.internal.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The innermost network interceptor: what follows it is the write to the socket. It records that
 * writing begins, keeps plain HTTP on loopback, and hides {@code Retry-After} where OkHttp would
 * act on it.
 */
final class WireObserver implements Interceptor {
  @Override
  public Response intercept(Chain chain) throws IOException {
    // The call's own request: an interceptor of the user's may have built another without our tags.
    Request original = chain.call().request();
    WireLog wire = Objects.requireNonNull(original.tag(WireLog.class));
    requireLoopback(original, chain.connection());
    wire.writeBegins();
    Response response = chain.proceed(chain.request());
    return hideRetryAfter(response, wire);
  }

  /** A name that should be loopback may resolve elsewhere; the connected address decides. */
  private static void requireLoopback(Request request, Connection connection) throws IOException {
    if (request.tag(LoopbackOnly.class) == null || connection == null) {
      return;
    }
    InetSocketAddress address = connection.route().socketAddress();
    if (address.getAddress() == null || !address.getAddress().isLoopbackAddress()) {
      throw new IOException("plain http was about to leave this machine; use https");
    }
  }

  private static Response hideRetryAfter(Response response, WireLog wire) {
    boolean hide = response.code() == 503 || response.code() == 408;
    List<String> values = hide ? response.headers("Retry-After") : List.of();
    wire.responseArrived(values);
    return values.isEmpty() ? response : response.newBuilder().removeHeader("Retry-After").build();
  }
}
