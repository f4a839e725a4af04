package dev.workerclient.internal.http;

import java.util.List;
import okhttp3.Headers;
import okhttp3.Response;

/**
 * What one attempt did on the wire. Travels as a tag of its request; written on the thread that
 * runs the attempt, and by user's interceptors' threads.
 */
final class WireLog {
  private volatile int exchanges;
  private volatile boolean responseSeen;
  private volatile boolean reusedConnection;
  private volatile List<String> hiddenRetryAfter = List.of();
  private volatile boolean proxyAuthHidden;

  synchronized void writeBegins(boolean onReusedConnection) {
    exchanges++;
    reusedConnection = onReusedConnection;
  }

  /** Whether the last request was begun on a connection that had carried others. */
  boolean isReusedConnection() {
    return reusedConnection;
  }

  void responseArrived(List<String> retryAfter, boolean hidesProxyAuth) {
    responseSeen = true;
    hiddenRetryAfter = retryAfter;
    proxyAuthHidden = hidesProxyAuth;
  }

  /** How many requests were begun on the wire; more than one only by a user's interceptor. */
  int exchanges() {
    return exchanges;
  }

  boolean responseSeen() {
    return responseSeen;
  }

  /** Gives the response back what {@link WireObserver} hid from OkHttp, once. */
  Response restore(Response response) {
    if (proxyAuthHidden) {
      proxyAuthHidden = false;
      return response.newBuilder().code(WireObserver.PROXY_AUTH).build();
    }
    List<String> values = hiddenRetryAfter;
    if (values.isEmpty()) {
      return response;
    }
    hiddenRetryAfter = List.of();
    Headers.Builder headers = response.headers().newBuilder();
    for (String value : values) {
      headers.addUnsafeNonAscii("Retry-After", value); // As leniently as OkHttp reads responses.
    }
    return response.newBuilder().headers(headers.build()).build();
  }
}
