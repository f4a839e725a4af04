package dev.workerclient.internal.http;

import okhttp3.Headers;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt did on the wire. Travels as a tag of its request; written on the thread that
 * runs the attempt, and by user's interceptors' threads.
 */
final class WireLog {
  private final boolean canBeResent;
  private volatile boolean foundClosed;
  private volatile boolean newConnection;
  private volatile boolean responseSeen;
  private volatile int exchanges;
  private volatile int lane;
  private volatile @Nullable ConnectionUse use;

  /** Of an HTTP/2 connection, or null. */
  private volatile @Nullable FrameBudget frames;

  /** Whether nobody reads the body for now: an interceptor or the user may take their time. */
  private boolean unread;

  /** A response that OkHttp is about to refuse, or sees another form of. */
  private volatile @Nullable Response kept;

  /** Makes it for an attempt that can, or can't, be sent again if its connection breaks. */
  WireLog(boolean canBeResent) {
    this.canBeResent = canBeResent;
  }

  boolean canBeResent() {
    return canBeResent;
  }

  /** Notes that a connection was made for the next request. */
  void connected() {
    newConnection = true;
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

  /** Which lane the request takes; 0 for the address that the user set. */
  int lane() {
    return lane;
  }

  synchronized void writeBegins(ConnectionUse on, boolean reused) {
    readBegins();
    exchanges++;
    use = on;
    frames = on.frames();
    newConnection = !reused;
    kept = null;
  }

  /** Whether the connection was made for this attempt, and not taken from the pool. */
  boolean isNewConnection() {
    return newConnection;
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
    if (on != null && !newConnection && !responseSeen) {
      on.timedOut();
    }
  }

  /** Notes a response that can have no body, which OkHttp refuses if it names a length. */
  void answeredWithoutBody(Response response) {
    kept = response;
  }

  /** That response, or null. */
  @Nullable Response answerWithoutBody() {
    return kept;
  }

  /** Notes the response, and what it was before {@link WireObserver} hid some of it; else null. */
  void responseArrived(@Nullable Response original) {
    responseSeen = true;
    kept = original;
    arrived();
    readPauses();
  }

  /** Notes that nobody reads the body of the response for now. */
  synchronized void readPauses() {
    FrameBudget counted = frames;
    if (!unread && counted != null) {
      unread = true;
      counted.paused();
    }
  }

  /** Notes that the body of the response is read from now on, or given up. */
  synchronized void readBegins() {
    FrameBudget counted = frames;
    if (unread && counted != null) {
      unread = false;
      counted.resumed();
    }
  }

  /** Notes that some of a body arrived, of which there may be much. */
  void progressed() {
    FrameBudget counted = frames;
    if (counted != null) {
      counted.progressed();
    }
  }

  /** Notes that the body of the response was given up, of which more may be on its way. */
  void gaveUp() {
    FrameBudget counted = frames;
    if (responseSeen && counted != null) {
      counted.gaveUp();
    }
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
    Response original = kept;
    if (original == null) {
      return response;
    }
    kept = null;
    if (original.code() == WireObserver.PROXY_AUTH) {
      return response.newBuilder().code(WireObserver.PROXY_AUTH).build();
    }
    Headers.Builder headers = response.headers().newBuilder();
    for (String value : original.headers("Retry-After")) {
      headers.addUnsafeNonAscii("Retry-After", value); // As leniently as OkHttp reads responses.
    }
    return response.newBuilder().headers(headers.build()).build();
  }
}
