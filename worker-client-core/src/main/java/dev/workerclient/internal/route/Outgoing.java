package dev.workerclient.internal.route;

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
 * @param streaming whether the limit ends with the answer's headers
 */
public record Outgoing(
    Operation operation,
    String encodedPath,
    @Nullable String encodedQuery,
    List<RouteHeaders.Header> headers,
    @Nullable Payload payload,
    @Nullable String object,
    boolean streaming) {

  private static final byte[] NO_BYTES = {};

  /** Asks Cloudflare and Access for data instead of pages. */
  private static final Request STANDARD =
      new Request.Builder()
          .url("https://unset.invalid/")
          .header("Accept", "application/json, application/problem+json;q=0.9, */*;q=0.1")
          .header("X-Requested-With", "XMLHttpRequest")
          .build();

  /** A GET of that path, which must be valid, without more. */
  public static Outgoing get(String path) {
    return get(path, null);
  }

  /** The same of a Durable Object, addressed as the binding proxy reads it, or of none for null. */
  public static Outgoing get(String path, @Nullable String object) {
    return new Outgoing(Operation.of("GET", path), path, null, List.of(), null, object, false);
  }

  /** Whether the body is a Cap'n Web batch, for a route's own place for these. */
  boolean rpc() {
    return operation.rpc();
  }

  /** Whether the body can be sent by another attempt. */
  public boolean canBeSent() {
    return payload == null || payload.canBeSent();
  }

  /** Whether the body can be sent again after the attempt that is about to send it. */
  public boolean canBeSentAgain() {
    return payload == null || payload.isRepeatable();
  }

  /** Starts a request with method, body and the headers that a route or the user may replace. */
  Request.Builder start(Origin origin) {
    return start(origin, encodedPath);
  }

  /** The same at another path. */
  Request.Builder start(Origin origin, String path) {
    // Calls have their path in common where its template has no slots, and batches have it always.
    boolean common = encodedQuery == null && (rpc() || operation.template().equals(encodedPath));
    return STANDARD
        .newBuilder()
        .url(common ? origin.resolveCommon(path) : origin.resolve(path, encodedQuery))
        .method(operation.method(), requestBody());
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
    return switch (operation.method()) {
      case "POST", "PUT", "PATCH", "DELETE" -> Payload.ofBytes(NO_BYTES, "").toRequestBody(false);
      default -> null;
    };
  }
}
