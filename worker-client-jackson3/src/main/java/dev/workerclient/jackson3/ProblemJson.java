package dev.workerclient.jackson3;

import dev.workerclient.error.ServiceError;
import dev.workerclient.internal.json.ProblemForm;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link ServiceError} as RFC 9457 {@code application/problem+json} and reads it back, so
 * that a chain of services keeps one error from end to end. The format is that of the class of this
 * name in worker-client-jackson, which documents every member: each reads what the other wrote.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457.html">RFC 9457</a>
 */
public final class ProblemJson {
  /** The media type, {@value}. */
  public static final String CONTENT_TYPE = "application/problem+json";

  private ProblemJson() {}

  /**
   * Writes an error as UTF-8 JSON of at most 64 KiB, without its attempts if they would make it
   * larger. Send it with {@link #CONTENT_TYPE} and the status {@link ServiceError#status()}.
   */
  public static byte[] write(ServiceError error) {
    return ProblemForm.write(error);
  }

  /**
   * Writes only what external callers may know about an error: that a service behind this one
   * failed, with a status, and when to try again. It has {@code type}, {@code title}, {@code
   * status}, {@code detail}, {@code code} and {@code retryAfter}; no service, route, attempt, ray,
   * message, cause or fix. {@link #read} returns null for it. Log the error itself.
   */
  public static byte[] writePublic(ServiceError error) {
    return ProblemForm.writePublic(error);
  }

  /**
   * Reads an error, or returns null if the body is not one. Never throws: returns null for a body
   * over 64 KiB, deeper than 16 levels, with a duplicate name or a number of over 32 digits. The
   * error is what another service claims; nothing in it is verified.
   */
  public static @Nullable ServiceError read(byte[] body) {
    return ProblemForm.read(body);
  }
}
