package dev.workerclient.internal.route;

import dev.workerclient.internal.http.LoopbackOnly;
import dev.workerclient.internal.http.Payload;
import java.util.List;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked to send, whichever route carries it. Immutable, but for the body's state.
 *
 * @param encodedPath begins with {@code /}
 * @param encodedQuery without the question mark; null for none
 * @param headers the user's own
 * @param payload the body, or null
 * @param object the Durable Object to address as the binding proxy reads it, or null
 * @param rpc whether the body is a Cap'n Web batch, for a route's own place for these
 * @param streaming whether the limit ends with the answer's headers
 */
public record Outgoing(
    String method,
    String encodedPath,
    @Nullable String encodedQuery,
    List<RouteHeaders.Header> headers,
    @Nullable Payload payload,
    @Nullable String object,
    boolean rpc,
    boolean streaming) {

  private static final byte[] NO_BYTES = {};
  private static final String ACCEPT =
      "application/json, application/problem+json;q=0.9, */*;q=0.1";

  /** A GET of that path, which must be valid, without more. */
  public static Outgoing get(String path) {
    return new Outgoing("GET", path, null, List.of(), null, null, false, false);
  }

  /** The same of a Durable Object, addressed as the binding proxy reads it. */
  public static Outgoing getOf(String path, String object) {
    return new Outgoing("GET", path, null, List.of(), null, object, false, false);
  }

  /** Whether the body can be sent by another attempt. */
  public boolean canBeSent() {
    return payload == null || payload.canBeSent();
  }

  /** Starts a request with method, body and the headers that a route or the user may replace. */
  Request.Builder start(Origin origin) {
    return start(origin, encodedPath);
  }

  /** The same at another path. */
  Request.Builder start(Origin origin, String path) {
    Request.Builder request =
        new Request.Builder()
            .url(origin.resolve(path, encodedQuery))
            .method(method, requestBody())
            // Asks Cloudflare and Access for data instead of pages.
            .header("Accept", ACCEPT)
            .header("X-Requested-With", "XMLHttpRequest");
    return origin.loopbackOnly() ? request.tag(LoopbackOnly.class, LoopbackOnly.TAG) : request;
  }

  /** Sets the user's headers, in place of any of the same name that are there. */
  void addHeadersTo(Request.Builder request) {
    RouteHeaders.Header.replace(request, headers);
  }

  private @Nullable RequestBody requestBody() {
    if (payload != null) {
      boolean typedByUser =
          headers.stream().anyMatch(header -> header.name().equalsIgnoreCase("Content-Type"));
      return payload.toRequestBody(!typedByUser);
    }
    return switch (method) {
      case "POST", "PUT", "PATCH", "DELETE" -> Payload.ofBytes(NO_BYTES, "").toRequestBody(false);
      default -> null;
    };
  }
}
