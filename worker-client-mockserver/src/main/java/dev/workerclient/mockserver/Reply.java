package dev.workerclient.mockserver;

import java.time.Duration;
import okhttp3.Headers;
import okio.ByteString;

/**
 * What goes on the wire after one request. Immutable.
 *
 * @param ending whether anything does
 * @param pace how the body goes
 * @param delay the time before any of it
 */
record Reply(
    Ending ending, int status, Headers headers, ByteString body, Pace pace, Duration delay) {
  private static final Headers NO_HEADERS = Headers.of();

  static Reply of(int status, Headers headers, String body) {
    return of(status, headers, ByteString.encodeUtf8(body));
  }

  static Reply of(int status, Headers headers, ByteString body) {
    return new Reply(Ending.ANSWERED, status, headers, body, Pace.AT_ONCE, Duration.ZERO);
  }

  static Reply none(Ending ending) {
    return new Reply(ending, 0, NO_HEADERS, ByteString.EMPTY, Pace.AT_ONCE, Duration.ZERO);
  }

  Reply withHeaders(Headers other) {
    return new Reply(ending, status, other, body, pace, delay);
  }

  Reply withPace(Pace other) {
    return new Reply(ending, status, headers, body, other, delay);
  }

  Reply delayedBy(Duration more) {
    return new Reply(ending, status, headers, body, pace, delay.plus(more));
  }

  /** How an exchange ends. */
  enum Ending {
    ANSWERED,
    /** The connection is closed without a byte of an answer. */
    DROPPED,
    /** Nothing comes until the mock is reset or closed. */
    HELD
  }
}
