package dev.workerclient.error;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The target itself answered with a status other than 2xx, and the caller asked for a value.
 *
 * <p>This is the target's own answer, so {@link #delivery()} is {@link Delivery#DELIVERED}.
 */
public final class WorkerResponseException extends WorkerException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, List<String>> headers;
  private final byte[] body;
  private final transient @Nullable Function<Class<?>, @Nullable Object> decoder;
  private final @Nullable ServiceError downstreamError;

  /**
   * Makes the exception.
   *
   * @param serviceError what happened
   * @param status the target's status
   * @param headers the target's headers, with names that ignore case
   * @param body the whole body
   * @param decoder decodes the body for {@link #bodyAs}, or null where there is no codec
   * @param downstreamError the error that the target itself reported, or null
   */
  public WorkerResponseException(
      ServiceError serviceError,
      int status,
      Map<String, List<String>> headers,
      byte[] body,
      @Nullable Function<Class<?>, @Nullable Object> decoder,
      @Nullable ServiceError downstreamError) {
    super(serviceError, null);
    this.status = status;
    this.headers = headers;
    this.body = body.clone();
    this.decoder = decoder;
    this.downstreamError = downstreamError;
  }

  /** The target's status. */
  public int status() {
    return status;
  }

  /** The target's headers, names ignoring case; empty after Java serialization. */
  @SuppressWarnings("NullAway") // A transient field is null after Java serialization.
  public Map<String, List<String>> headers() {
    return headers == null ? Map.of() : headers;
  }

  /** A copy of the whole body. */
  public byte[] bytes() {
    return body.clone();
  }

  /** The body as UTF-8 text. */
  public String string() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Returns the body decoded by the client's codec.
   *
   * @throws WorkerDecodingException if the body is not such a value
   * @throws IllegalStateException if the client has no codec
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // The decoder checks it; only a Void is null.
  public <T> T bodyAs(Class<T> type) {
    if (decoder == null) {
      throw new IllegalStateException(
          "no BodyCodec: add worker-client-jackson, or set bodyCodec(…) on the client's builder");
    }
    return (T) decoder.apply(type);
  }

  /**
   * The error that the target itself reported as a ServiceError in problem+json, or null. It is
   * information of another service's: nothing of it steers whether this call is sent again.
   */
  public @Nullable ServiceError downstreamError() {
    return downstreamError;
  }
}
