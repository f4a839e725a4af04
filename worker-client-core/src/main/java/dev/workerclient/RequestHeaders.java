package dev.workerclient;

import dev.workerclient.internal.http.HeaderText;
import java.util.Locale;
import java.util.Map;

/** The headers that a user may not set, and what to do instead. */
final class RequestHeaders {
  private static final Map<String, String> REFUSED =
      Map.of(
          "upgrade", "this client speaks plain HTTP requests and responses",
          "connection", "the client manages its connections",
          "expect", "the body is sent at once",
          "content-length", "it is taken from body(…)",
          "transfer-encoding", "it is taken from body(…)",
          "host", "it is taken from the route's address");

  private RequestHeaders() {}

  /**
   * Checks a header's name.
   *
   * @throws IllegalArgumentException if it is none, or the client sets that header itself
   */
  static void requireAllowed(String name) {
    String lower = HeaderText.requireName(name).toLowerCase(Locale.ROOT);
    String reason = REFUSED.get(lower);
    if (reason == null && lower.startsWith("binding-proxy-")) {
      reason = "it steers the binding proxy; use the methods of service and builder";
    }
    if (reason != null) {
      throw new IllegalArgumentException(
          "the header " + name + " can't be set: " + reason + "; leave it out");
    }
  }
}
