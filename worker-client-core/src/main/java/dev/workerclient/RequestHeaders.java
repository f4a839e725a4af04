package dev.workerclient;

import dev.workerclient.internal.http.HeaderText;
import java.util.Locale;
import java.util.Map;

/** The headers that a user may not set, and what to do instead. */
final class RequestHeaders {
  private static final String CREDENTIAL =
      "it is a credential, and would go by every route; use bearerToken(…) or"
          + " accessServiceToken(…) of the route, or header(…) on the request";

  private static final Map<String, String> REFUSED =
      Map.of(
          "upgrade", "this client speaks plain HTTP requests and responses",
          "connection", "the client manages its connections",
          "expect", "the body is sent at once",
          "content-length", "it is taken from body(…)",
          "transfer-encoding", "it is taken from body(…)",
          "host", "it is taken from the route's address");

  /** What a header that goes by whichever route, or on each call, may not be either. */
  private static final Map<String, String> REFUSED_ON_EVERY_CALL =
      Map.of(
          "authorization", CREDENTIAL,
          "proxy-authorization", CREDENTIAL,
          "cookie", CREDENTIAL,
          "idempotency-key",
              "it names one operation, and another one that has it is taken for a repeat; use"
                  + " idempotencyKey(…) on the request",
          "content-type", "it is taken from body(…)");

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

  /**
   * Checks the name of a header that is set for many calls, whichever route carries them.
   *
   * @throws IllegalArgumentException as {@link #requireAllowed}, and for what belongs to one route
   *     (credentials) or to one request
   */
  static void requireAllowedOnEveryCall(String name) {
    requireAllowed(name);
    String lower = name.toLowerCase(Locale.ROOT);
    String reason = lower.startsWith("cf-access-") ? CREDENTIAL : REFUSED_ON_EVERY_CALL.get(lower);
    if (reason != null) {
      throw new IllegalArgumentException(
          "the header " + name + " can't be set for every call: " + reason);
    }
  }
}
