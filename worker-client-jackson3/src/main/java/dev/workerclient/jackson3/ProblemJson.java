package dev.workerclient.jackson3;

import dev.workerclient.error.ServiceError;
import dev.workerclient.internal.json.ProblemForm;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ServiceError} as RFC 9457 {@code application/problem+json}, so that a chain of services
 * keeps one error from end to end. The bytes are those of worker-client-jackson's class of this
 * name, whose page shows them member by member: either reads what the other wrote.
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
   * Writes what callers outside may know of an error: that a service behind this one failed, in
   * which way by its status, and when to try again. It has {@code type}, {@code title}, {@code
   * status}, {@code detail}, {@code code} and {@code retryAfter}; no service, route, attempt, ray,
   * message, cause or fix. {@link #read} returns null for it. Log the error itself.
   */
  public static byte[] writePublic(ServiceError error) {
    return ProblemForm.writePublic(error);
  }

  /**
   * Reads an error, or returns null if the body is not one. Never throws: a body over 64 KiB,
   * deeper than 16 levels, with a name twice or a number of over 32 digits is not one. The error is
   * another service's word; nothing in it is proven.
   */
  public static @Nullable ServiceError read(byte[] body) {
    return ProblemForm.read(body);
  }
}
