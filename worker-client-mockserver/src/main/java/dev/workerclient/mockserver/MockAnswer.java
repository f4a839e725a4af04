package dev.workerclient.mockserver;

import java.util.Locale;
import java.util.Set;
import okhttp3.Headers;
import okio.ByteString;

/**
 * What a target answers: status, headers and body are its own, on either route. Immutable; each
 * {@code with…} returns another answer.
 */
public final class MockAnswer {
  private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

  private final int status;
  private final Headers headers;
  private final ByteString body;

  private MockAnswer(int status, Headers headers, ByteString body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** Returns a 200 with that JSON text, which is sent as it is given. */
  public static MockAnswer json(String json) {
    return ok("application/json", json);
  }

  /** Returns a 200 with that text as {@code text/plain} in UTF-8. */
  public static MockAnswer text(String text) {
    return ok("text/plain;charset=UTF-8", text);
  }

  /**
   * Returns an answer of that status without a body.
   *
   * @throws IllegalArgumentException unless the status is from 200 to 599
   */
  public static MockAnswer status(int status) {
    return new MockAnswer(requireStatus(status), Headers.of(), ByteString.EMPTY);
  }

  private static MockAnswer ok(String contentType, String body) {
    return new MockAnswer(
        200, Headers.of("Content-Type", contentType), ByteString.encodeUtf8(body));
  }

  /**
   * Returns this answer with another status.
   *
   * @throws IllegalArgumentException unless the status is from 200 to 599
   */
  public MockAnswer withStatus(int other) {
    return new MockAnswer(requireStatus(other), headers, body);
  }

  /**
   * Returns this answer with one more header; {@code Content-Type} replaces the one that is there.
   * {@code Binding-Proxy-*} is taken out on the binding's route, as the real proxy does.
   *
   * @throws IllegalArgumentException if it is no header, or one that frames the body
   */
  public MockAnswer withHeader(String name, String value) {
    if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(name + " follows from the body; leave it out");
    }
    Headers.Builder more = headers.newBuilder();
    if (name.equalsIgnoreCase("Content-Type")) {
      more.removeAll(name);
    }
    return new MockAnswer(status, more.add(name, value).build(), body);
  }

  /** Returns this answer with a copy of those bytes as its body; {@code Content-Type} stays. */
  public MockAnswer withBody(byte[] bytes) {
    return new MockAnswer(status, headers, ByteString.of(bytes));
  }

  Script script() {
    return new TargetAnswers(Reply.of(status, headers, body));
  }

  private static int requireStatus(int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException(
          "an answer's status was given as " + status + "; write one from 200 to 599");
    }
    return status;
  }

  @Override
  public String toString() {
    return "MockAnswer{HTTP " + status + ", " + body.size() + " bytes}";
  }
}
