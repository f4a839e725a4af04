package dev.workerclient.internal.route;

import dev.workerclient.internal.http.CallSpec.Header;
import dev.workerclient.internal.http.HeaderText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which headers a user may set, and which of several settings of one name is sent. */
public final class RequestHeaders {
  private static final String CREDENTIAL =
      "it is a credential, and would be sent on every route; use bearerToken(…) or"
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
   * @throws IllegalArgumentException if it is not a header name, or the client sets that header
   *     itself
   */
  public static void requireAllowed(String name) {
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
  public static void requireAllowedOnEveryCall(String name) {
    requireAllowed(name);
    String lower = name.toLowerCase(Locale.ROOT);
    String reason = lower.startsWith("cf-access-") ? CREDENTIAL : REFUSED_ON_EVERY_CALL.get(lower);
    if (reason != null) {
      throw new IllegalArgumentException(
          "the header " + name + " can't be set for every call: " + reason);
    }
  }

  /**
   * Returns the headers and one more, which is set for many calls.
   *
   * @throws IllegalArgumentException as {@link #requireAllowedOnEveryCall}, or if the value is not
   *     valid
   */
  public static List<Header> plus(List<Header> headers, String name, String value) {
    requireAllowedOnEveryCall(name);
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, HeaderText.requireValue(name, value)));
    return List.copyOf(more);
  }

  /** Returns the more specific headers, and those of the others that have no name in common. */
  public static List<Header> merge(List<Header> others, List<Header> specific) {
    if (others.isEmpty() || specific.isEmpty()) {
      return List.copyOf(others.isEmpty() ? specific : others);
    }
    List<Header> merged = new ArrayList<>(others);
    merged.removeIf(
        other -> specific.stream().anyMatch(one -> one.name().equalsIgnoreCase(other.name())));
    merged.addAll(specific);
    return List.copyOf(merged);
  }
}
