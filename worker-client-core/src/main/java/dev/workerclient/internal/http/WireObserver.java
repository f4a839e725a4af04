package dev.workerclient.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.util.Objects;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The innermost network interceptor: what follows it is the write to the socket. It records that
 * writing begins, keeps requests off dead connections and plain HTTP on loopback, and hides what
 * OkHttp would act on: {@code Retry-After}, and the target's own 407.
 */
final class WireObserver implements Interceptor {
  static final int PROXY_AUTH = 407;

  /** A status that OkHttp does nothing about. */
  private static final int INERT = 499;

  private final ConnectionUses uses;

  WireObserver(ConnectionUses uses) {
    this.uses = uses;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    // The call's own request: an interceptor of the user's may have built another without our tags.
    Request original = chain.call().request();
    WireLog wire = Objects.requireNonNull(original.tag(WireLog.class));
    Connection connection = Objects.requireNonNull(chain.connection());
    requireLoopback(original, connection);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted"); // OkHttp would stop in the midst of writing.
    }
    uses.begin(connection, wire);
    Response response = proceed(chain, wire);
    return hide(response, wire, isFromHttpProxy(chain.request(), connection));
  }

  /** What OkHttp 5.5.1 does badly with a malformed response is put right, or refused, here. */
  private static Response proceed(Chain chain, WireLog wire) throws IOException {
    Response response;
    try {
      response = chain.proceed(chain.request());
    } catch (IllegalStateException e) {
      if (chain.request().body() != null) {
        throw e; // May be the body's supplier's.
      }
      throw new ProtocolException("a status below 0");
    } catch (ProtocolException e) {
      Response bodiless = wire.answerWithoutBody();
      if (bodiless == null) {
        throw e;
      }
      wire.responseArrived(null);
      throw new BodilessAnswerException(bodiless);
    }
    long length = response.body().contentLength();
    if (length < -1) {
      throw new ProtocolException("a negative Content-Length");
    }
    return length == 0
        ? response.newBuilder().removeHeader("Content-Encoding").build()
        : NetworkBody.bound(response, chain.call().request());
  }

  /** A name that should be loopback may resolve elsewhere; the connected address decides. */
  private static void requireLoopback(Request request, Connection connection) throws IOException {
    if (!LoopbackOnly.binds(request.url())) {
      return;
    }
    InetSocketAddress address = connection.route().socketAddress();
    if (address.getAddress() == null || !address.getAddress().isLoopbackAddress()) {
      throw new IOException("plain http was about to leave this machine; use https");
    }
  }

  private static Response hide(Response response, WireLog wire, boolean fromHttpProxy) {
    Response hidden = response;
    if (response.code() == PROXY_AUTH && !fromHttpProxy) {
      hidden = response.newBuilder().code(INERT).build();
    } else if ((response.code() == 503 || response.code() == 408)
        && response.header("Retry-After") != null) {
      hidden = response.newBuilder().removeHeader("Retry-After").build();
    }
    wire.responseArrived(hidden == response ? null : response);
    return hidden;
  }

  /**
   * A 407 to a request in a tunnel, or without a proxy, is the target's: the proxy's came before.
   */
  private static boolean isFromHttpProxy(Request request, Connection connection) {
    return connection.route().proxy().type() == Proxy.Type.HTTP && !request.isHttps();
  }
}
