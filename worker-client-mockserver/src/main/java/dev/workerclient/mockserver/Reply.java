package dev.workerclient.mockserver;

import okhttp3.Headers;
import okio.ByteString;

/**
 * What goes on the wire after one request.
 *
 * @param ending whether anything does
 */
record Reply(int status, Headers headers, ByteString body, Ending ending) {
  private static final Headers NO_HEADERS = Headers.of();

  static Reply of(int status, Headers headers, String body) {
    return of(status, headers, ByteString.encodeUtf8(body));
  }

  static Reply of(int status, Headers headers, ByteString body) {
    return new Reply(status, headers, body, Ending.ANSWERED);
  }

  static Reply none(Ending ending) {
    return new Reply(0, NO_HEADERS, ByteString.EMPTY, ending);
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
