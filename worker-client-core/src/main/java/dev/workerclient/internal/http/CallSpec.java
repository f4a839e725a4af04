package dev.workerclient.internal.http;

import dev.workerclient.internal.classify.Provenance;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked to send, and within which limits, whichever route carries it. Immutable, but
 * for the body's state.
 *
 * @param service the service's name
 * @param template the path before its slots were filled; for a Cap'n Web batch its name; null if
 *     only the encoded path is known
 * @param name what the application calls the operation, or null
 * @param rpc whether the body is a Cap'n Web batch, for a route's own place for these
 * @param encodedPath begins with {@code /}
 * @param encodedQuery without the question mark; null for none
 * @param headers the user's own
 * @param payload the body, or null
 * @param object the Durable Object to address as the binding proxy reads it, or null
 * @param body what becomes of an answer's body
 * @param repeatable whether running it twice does no harm
 * @param upgrade opens a WebSocket in place of one request with one response; null for a request
 */
public record CallSpec(
    String service,
    String method,
    @Nullable String template,
    @Nullable String name,
    boolean rpc,
    String encodedPath,
    @Nullable String encodedQuery,
    List<Header> headers,
    @Nullable Payload payload,
    @Nullable String object,
    Body body,
    boolean repeatable,
    Limits limits,
    @Nullable Upgrade upgrade) {

  private static final byte[] NO_BYTES = {};

  /** What becomes of an answer's body. */
  public enum Body {
    /** It is read whole, under the deadline. */
    KEPT,
    /** It is handed over unread; the limit ends with the answer's headers. */
    STREAMED,
    /** Of a 2xx it is read and dropped, however long it is; of others it is kept. */
    DROPPED
  }

  /** Whether the body is handed over unread. */
  public boolean streaming() {
    return body == Body.STREAMED;
  }

  /** Whether it changes nothing at the target, by its method (RFC 9110, 9.2.1). */
  public boolean isRead() {
    return !rpc && (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS"));
  }

  /** Whether two requests can be sent at the same time. */
  public boolean canBeSentTwiceAtOnce() {
    return upgrade == null && (payload == null || payload.isInMemory());
  }

  /** Opens a WebSocket in an attempt of a call. */
  @FunctionalInterface
  public interface Upgrade {
    /**
     * Sends the request and waits for the response.
     *
     * @param client follows the timeouts of the attempt
     * @return a 101, with the WebSocket open; any other with the start of its body in memory
     * @throws IOException if no response came; an {@link java.io.InterruptedIOException} at the
     *     client's call timeout
     */
    Response open(OkHttpClient client, Request request, Provenance provenance) throws IOException;
  }

  /** A header. Its {@code toString} does not show the value. */
  public record Header(String name, String value) {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A GET of that path, which must be valid, without more.
   *
   * @param object the Durable Object to address as the binding proxy reads it, or null
   */
  public static CallSpec get(String service, String path, @Nullable String object, Limits limits) {
    return new CallSpec(
        service, "GET", path, null, false, path, null, List.of(), null, object, Body.KEPT, true,
        limits, null);
  }

  /** What messages, logs and listeners call it: its name, or method and path template. */
  public String operation() {
    return operation(method, template == null ? encodedPath : template, name, rpc);
  }

  /** Whether its operation has few values: whether no path that is not a template is in it. */
  public boolean isOperationBounded() {
    return template != null || name != null;
  }

  /** The same of its parts. */
  public static String operation(
      String method, String template, @Nullable String name, boolean rpc) {
    if (name != null) {
      return name;
    }
    return rpc ? template : method + " " + template;
  }

  /** Whether the body can be sent by another attempt. */
  public boolean canBeSent() {
    return payload == null || payload.canBeSent();
  }

  /** Whether the body can be sent again after the attempt that is about to send it. */
  public boolean canBeSentAgain() {
    return payload == null || payload.isRepeatable();
  }

  /** The body of one attempt; null for a method that takes none. */
  public @Nullable RequestBody requestBody() {
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

  /**
   * The limits of a call.
   *
   * @param callTime the whole call
   * @param attemptTime one attempt
   * @param readIdle how long a streamed body may send nothing
   * @param maxResponseBytes the most bytes of a buffered body, decompressed
   * @param usualAttemptTime one attempt of a call that brings no time of its own for it
   * @param hurried whether the call brought a time of its own that is shorter than an attempt's
   */
  public record Limits(
      Duration callTime,
      Duration attemptTime,
      Duration readIdle,
      long maxResponseBytes,
      Duration usualAttemptTime,
      boolean hurried) {

    /** The limits of a service. */
    public Limits(
        Duration callTime, Duration attemptTime, Duration readIdle, long maxResponseBytes) {
      this(callTime, attemptTime, readIdle, maxResponseBytes, attemptTime, false);
    }

    /** The same limits but for the whole call's. */
    public Limits within(Duration time) {
      boolean shorter = time.compareTo(usualAttemptTime) < 0 && time.compareTo(callTime) < 0;
      return new Limits(
          time, attemptTime, readIdle, maxResponseBytes, usualAttemptTime, hurried || shorter);
    }

    /** The same limits but for an attempt's. */
    public Limits withAttempts(Duration time) {
      return new Limits(
          callTime,
          time,
          readIdle,
          maxResponseBytes,
          usualAttemptTime,
          hurried || time.compareTo(usualAttemptTime) < 0);
    }

    /** Whether an attempt has less time than that of other calls, so that its end says little. */
    public boolean hurriesAttempts() {
      return attemptTime.compareTo(usualAttemptTime) < 0;
    }

    /** The same, with one attempt of that time at most: what a probe gets. */
    public Limits probing() {
      return new Limits(usualAttemptTime, usualAttemptTime, readIdle, maxResponseBytes);
    }
  }
}
