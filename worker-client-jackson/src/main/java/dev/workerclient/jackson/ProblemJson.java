package dev.workerclient.jackson;

import dev.workerclient.error.ServiceError;
import dev.workerclient.internal.json.ProblemForm;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link ServiceError} as RFC 9457 {@code application/problem+json} and reads it back, so
 * that a chain of services keeps one error from end to end.
 *
 * <pre>{@code
 * {
 *   "type": "urn:worker-client:ERROR_1042", "title": "Error 1042", "status": 502,
 *   "detail": "Cloudflare error 1042, HTTP 404",
 *   "service": "ORDERS", "method": "GET /v1/health", "code": "ERROR_1042",
 *   "delivery": "UNKNOWN", "safeToResend": true, "retryable": true, "retryAfter": 1.5,
 *   "rayId": "8f1c…", "cloudflareCode": 1042,
 *   "diagnosis": {"cause": "…", "fix": "…", "resend": "…"},
 *   "attempts": [{"route": "custom-domain", "status": 404, "delivery": "UNKNOWN", "rayId": "8f1c…",
 *     "elapsedMillis": 12, "failure": "ERROR_1042", "message": "…", "exchanges": 1}]
 * }
 * }</pre>
 *
 * <p>{@code type} is a URN because it only names the kind of problem: an https URL would have to be
 * kept alive, and tools would follow it. {@code detail} is the error's message and {@code method}
 * its operation. {@code retryAfter} is in seconds, with a fraction if there is one. {@code
 * retryAfter}, {@code rayId}, {@code cloudflareCode}, and an attempt's {@code status}, {@code
 * failure} and {@code message} are absent if there are none.
 *
 * <p>Reading returns what was written, except that {@code elapsedMillis} is in whole milliseconds,
 * and strings are cut to 1,000 characters, with control characters escaped. Times must be from 0 to
 * 999,999,999 s (31 years), a status from 100 to 599, and a Cloudflare code at most 5 digits long.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457.html">RFC 9457</a>
 */
public final class ProblemJson {
  /** The media type, {@value}. */
  public static final String CONTENT_TYPE = "application/problem+json";

  private ProblemJson() {}

  /**
   * Writes an error as UTF-8 JSON of at most 64 KiB, without the attempts if they would make it
   * larger. Send it with {@link #CONTENT_TYPE} and the status {@link ServiceError#status()}.
   */
  public static byte[] write(ServiceError error) {
    return ProblemForm.write(error);
  }

  /**
   * Writes only what external callers may know about an error: that a service behind this one
   * failed, with a status, and when to try again.
   *
   * <pre>{@code
   * {"type": "about:blank", "title": "Service Unavailable", "status": 503,
   *  "detail": "A service behind this one is not available.",
   *  "code": "UPSTREAM_UNAVAILABLE", "retryAfter": 2}
   * }</pre>
   *
   * <p>{@code code} is {@code UPSTREAM_UNAVAILABLE} for 503, {@code UPSTREAM_TIMEOUT} for 504 and
   * {@code UPSTREAM_FAILED} for any other status. {@code retryAfter} is in whole seconds, rounded
   * up; absent if there is none. Nothing else of the error is in it: no service, operation, route,
   * attempt, ray, message, cause or fix, and no code that names one of these. Log the error itself.
   * {@link #read} returns null for this form.
   *
   * <p>Send it with {@link #CONTENT_TYPE} and the status {@link ServiceError#status()}.
   */
  public static byte[] writePublic(ServiceError error) {
    return ProblemForm.writePublic(error);
  }

  /**
   * Reads an error, or returns null if the body is not one: {@code type} must begin with {@code
   * urn:worker-client:}, and {@code service}, {@code method}, {@code code} and {@code delivery}
   * must be valid. Other members are ignored if their value has the wrong type (RFC 9457, section
   * 3.1), and so are unknown ones.
   *
   * <p>Never throws: returns null for a body over 64 KiB, deeper than 16 levels, with a duplicate
   * name or a number of over 32 digits. The error is what another service claims; nothing in it is
   * verified.
   */
  public static @Nullable ServiceError read(byte[] body) {
    return ProblemForm.read(body);
  }
}
