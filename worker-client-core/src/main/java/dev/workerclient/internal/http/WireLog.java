package dev.workerclient.internal.http;

import java.util.List;

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

  /** Whether the response was a 407 of the target's own. */
  boolean isProxyAuthHidden() {
    return proxyAuthHidden;
  }

  /** The values of {@code Retry-After} that OkHttp must not see, empty where none were hidden. */
  List<String> hiddenRetryAfter() {
    return hiddenRetryAfter;
  }
}
