package dev.workerclient.mockserver;

import java.time.Duration;
import okhttp3.Headers;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What goes on the wire after one request. Immutable.
 *
 * @param ending whether anything does
 * @param pace how the body goes
 * @param delay the time before any of it
 * @param session what is spoken after an upgrade to a WebSocket; null without one
 */
record Reply(
    Ending ending,
    int status,
    Headers headers,
    ByteString body,
    Pace pace,
    Duration delay,
    @Nullable MockSession session) {
  private static final Headers NO_HEADERS = Headers.of();

  static Reply of(int status, Headers headers, String body) {
    return of(status, headers, ByteString.encodeUtf8(body));
  }

  static Reply of(int status, Headers headers, ByteString body) {
    return new Reply(Ending.ANSWERED, status, headers, body, Pace.AT_ONCE, Duration.ZERO, null);
  }

  static Reply none(Ending ending) {
    return new Reply(ending, 0, NO_HEADERS, ByteString.EMPTY, Pace.AT_ONCE, Duration.ZERO, null);
  }

  static Reply upgraded(Headers headers, MockSession session) {
    return new Reply(
        Ending.UPGRADED, 101, headers, ByteString.EMPTY, Pace.AT_ONCE, Duration.ZERO, session);
  }

  Reply withHeaders(Headers other) {
    return new Reply(ending, status, other, body, pace, delay, session);
  }

  Reply withPace(Pace other) {
    return new Reply(ending, status, headers, body, other, delay, session);
  }

  Reply delayedBy(Duration more) {
    return new Reply(ending, status, headers, body, pace, delay.plus(more), session);
  }

  /** How an exchange ends. */
  enum Ending {
    ANSWERED,
    /** With a 101; then both sides send messages. */
    UPGRADED,
    /** The connection is closed without a byte of an answer. */
    DROPPED,
    /** Nothing comes until the mock is reset or closed. */
    HELD
  }
}
