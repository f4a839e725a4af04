package dev.workerclient.internal.http;

import java.util.List;
import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt did on the wire. Travels as a tag of its request; written on the thread that
 * runs the attempt, and by user's interceptors' threads.
 */
final class WireLog {
  private final boolean canBeResent;
  private volatile int exchanges;
  private volatile int lane;
  private volatile boolean responseSeen;
  private volatile boolean reusedConnection;
  private volatile List<String> hiddenRetryAfter = List.of();
  private volatile boolean proxyAuthHidden;
  private volatile boolean connected;
  private volatile boolean foundClosed;
  private volatile @Nullable ConnectionUse use;
  private volatile @Nullable Response withoutBody;

  /** Makes it for an attempt that can, or can't, be sent again if its connection breaks. */
  WireLog(boolean canBeResent) {
    this.canBeResent = canBeResent;
  }

  boolean canBeResent() {
    return canBeResent;
  }

  /** Notes that a connection was made for the next request. */
  void connected() {
    connected = true;
  }

  boolean hasConnected() {
    return connected;
  }

  /** Notes that a pooled connection turned out to be closed. */
  void foundClosed() {
    foundClosed = true;
  }

  boolean hasFoundClosed() {
    return foundClosed;
  }

  /** Notes that the connection of the request's lane is silent. */
  synchronized void leaveLane() {
    lane++;
  }

  /** Which lane the request takes; 0 for that of the user's own address. */
  int lane() {
    return lane;
  }

  synchronized void writeBegins(ConnectionUse on, boolean reused) {
    exchanges++;
    use = on;
    reusedConnection = reused;
    connected = false;
  }

  /** Notes a response that can have no body. */
  void answeredWithoutBody(Response response) {
    withoutBody = response;
  }

  /** That response, once. */
  @Nullable Response takeAnswerWithoutBody() {
    Response response = withoutBody;
    withoutBody = null;
    return response;
  }

  /** Notes that more of the response arrived, or its end. */
  void arrived() {
    ConnectionUse on = use;
    if (on != null) {
      on.arrived();
    }
  }

  /** Notes that the attempt's time was up. */
  void timedOut() {
    ConnectionUse on = use;
    if (on != null && reusedConnection && !responseSeen) {
      on.timedOut();
    }
  }

  /** Whether the last request was begun on a connection that had carried others. */
  boolean isReusedConnection() {
    return reusedConnection;
  }

  void responseArrived(List<String> retryAfter, boolean hidesProxyAuth) {
    responseSeen = true;
    arrived();
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
