package dev.workerclient.mockserver;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import okhttp3.Headers;
import okio.ByteString;

/**
 * A response of the target: status, headers and body, on either route. Immutable; each {@code
 * with…} returns a new answer.
 */
public final class MockAnswer {
  private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");
  private static final String CONTENT_TYPE = "Content-Type";

  private final Reply reply;

  private MockAnswer(Reply reply) {
    this.reply = reply;
  }

  /** Returns a 200 with that JSON string, which is sent unchanged. */
  public static MockAnswer json(String json) {
    Objects.requireNonNull(json, "json");
    return ok("application/json", json);
  }

  /** Returns a 200 with that string as {@code text/plain} in UTF-8. */
  public static MockAnswer text(String text) {
    Objects.requireNonNull(text, "text");
    return ok("text/plain;charset=UTF-8", text);
  }

  /** Returns a 200 with that page as {@code text/html} in UTF-8. */
  public static MockAnswer html(String page) {
    Objects.requireNonNull(page, "page");
    return ok("text/html;charset=UTF-8", page);
  }

  /**
   * Returns an answer with that status and without a body.
   *
   * @throws IllegalArgumentException unless the status is from 200 to 599
   */
  public static MockAnswer status(int status) {
    return new MockAnswer(Reply.of(requireStatus(status), Headers.of(), ByteString.EMPTY));
  }

  private static MockAnswer ok(String contentType, String body) {
    return new MockAnswer(Reply.of(200, Headers.of(CONTENT_TYPE, contentType), body));
  }

  /**
   * Returns this answer with another status.
   *
   * @throws IllegalArgumentException unless the status is from 200 to 599
   */
  public MockAnswer withStatus(int other) {
    return new MockAnswer(
        Reply.of(requireStatus(other), reply.headers(), reply.body())
            .withPace(reply.pace())
            .delayedBy(reply.delay()));
  }

  /**
   * Returns this answer with another header; {@code Content-Type} replaces the existing one. {@code
   * Binding-Proxy-*} headers are removed on the binding's route, as by the real proxy.
   *
   * @throws IllegalArgumentException if it is not a valid header, or one that frames the body
   */
  public MockAnswer withHeader(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(name + " follows from the body; leave it out");
    }
    Headers.Builder more = reply.headers().newBuilder();
    if (name.equalsIgnoreCase(CONTENT_TYPE)) {
      more.removeAll(name);
    }
    return new MockAnswer(reply.withHeaders(more.add(name, value).build()));
  }

  /**
   * Returns this answer with a copy of those bytes as its body. {@code Content-Type} does not
   * change.
   *
   * @throws IllegalArgumentException if the answer breaks off or stalls after more bytes than that
   */
  public MockAnswer withBody(byte[] bytes) {
    Objects.requireNonNull(bytes, "bytes");
    if (reply.pace().most() != Pace.AT_ONCE.most()) {
      requireLonger(bytes.length, reply.pace().most());
    }
    return new MockAnswer(
        Reply.of(reply.status(), reply.headers(), ByteString.of(bytes))
            .withPace(reply.pace())
            .delayedBy(reply.delay()));
  }

  /**
   * Returns this answer with an additional delay.
   *
   * @throws IllegalArgumentException if the time is negative
   */
  public MockAnswer withDelay(Duration time) {
    Objects.requireNonNull(time, "time");
    return new MockAnswer(reply.delayedBy(requireTime("withDelay", time)));
  }

  /**
   * Returns this answer with its body in pieces, with a pause before each piece except the first.
   *
   * @param bytes in each piece
   * @throws IllegalArgumentException if a piece is empty, or the time negative
   */
  public MockAnswer withPieces(int bytes, Duration pause) {
    Objects.requireNonNull(pause, "pause");
    if (bytes < 1) {
      throw new IllegalArgumentException(
          "withPieces was given " + bytes + " bytes; write 1 or more");
    }
    return new MockAnswer(
        reply.withPace(reply.pace().inPieces(bytes, requireTime("withPieces", pause))));
  }

  /**
   * Returns this answer with a truncated body: the headers announce the whole body, and the
   * connection is closed after that many bytes.
   *
   * @throws IllegalArgumentException unless the body is longer than that
   */
  public MockAnswer brokenOffAfter(int bytes) {
    return stoppingAfter(bytes, Pace.Stop.CONNECTION_CLOSED);
  }

  /**
   * Returns this answer with a stalled body: the headers announce the whole body, and after that
   * many bytes nothing is sent until the mock is reset or closed.
   *
   * @throws IllegalArgumentException unless the body is longer than that
   */
  public MockAnswer stalledAfter(int bytes) {
    return stoppingAfter(bytes, Pace.Stop.SILENCE);
  }

  private MockAnswer stoppingAfter(int bytes, Pace.Stop stop) {
    requireLonger(reply.body().size(), bytes);
    return new MockAnswer(reply.withPace(reply.pace().stoppingAfter(bytes, stop)));
  }

  private static void requireLonger(int size, int stop) {
    if (stop < 0 || stop >= size) {
      throw new IllegalArgumentException(
          "the body of "
              + size
              + " bytes was to stop after "
              + stop
              + "; write fewer than it has, and 0 or more");
    }
  }

  Reply reply() {
    return reply;
  }

  private static int requireStatus(int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException(
          "an answer's status was given as " + status + "; write one from 200 to 599");
    }
    return status;
  }

  static Duration requireTime(String method, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(method + " was given " + time + "; write 0 or more");
    }
    return time;
  }

  @Override
  public String toString() {
    return "MockAnswer{HTTP " + reply.status() + ", " + reply.body().size() + " bytes}";
  }
}
