package dev.workerclient.error;

import dev.workerclient.TypeRef;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The target itself answered with a status other than 2xx, and the caller asked for a value.
 *
 * <p>The response is the target's own, so {@link #delivery()} is {@link Delivery#DELIVERED}.
 */
public final class WorkerResponseException extends WorkerException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, List<String>> headers;
  private final byte[] body;
  private final transient @Nullable Function<Type, @Nullable Object> decoder;
  private final @Nullable ServiceError downstreamError;

  /**
   * Makes the exception.
   *
   * @param serviceError what happened
   * @param status the target's status
   * @param headers the target's headers, with names that ignore case
   * @param body the body, or its start if it was streamed
   * @param decoder decodes the body for {@code bodyAs}, or null if only text and bytes are known
   * @param downstreamError the error that the target itself reported, or null
   */
  public WorkerResponseException(
      ServiceError serviceError,
      int status,
      Map<String, List<String>> headers,
      byte[] body,
      @Nullable Function<Type, @Nullable Object> decoder,
      @Nullable ServiceError downstreamError) {
    super(serviceError, null);
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    this.status = status;
    this.headers = headers;
    this.body = body.clone();
    this.decoder = decoder;
    this.downstreamError = downstreamError;
  }

  /** Returns the target's status. */
  public int status() {
    return status;
  }

  /** Returns the target's headers, whose names ignore case; empty after Java serialization. */
  @SuppressWarnings("NullAway") // A transient field is null after Java serialization.
  public Map<String, List<String>> headers() {
    return headers == null ? Map.of() : headers;
  }

  /** Returns a copy of the body; of a streamed body, at most the first 64 KiB. */
  public byte[] bytes() {
    return body.clone();
  }

  /** Returns the body as a UTF-8 string. */
  public String string() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Returns the body decoded by the client's codec; {@code String} and {@code byte[]} are the body
   * as it is, and {@code Void} is null.
   *
   * @throws WorkerDecodingException if the body is not such a value
   * @throws IllegalStateException if the client has no codec. For types other than these three also
   *     after Java serialization, which does not keep the codec, and for an RPC batch
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // The decoder checks it; only a Void is null.
  public <T> T bodyAs(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return (T) decode(type);
  }

  /**
   * Returns the body decoded to a generic type.
   *
   * @throws WorkerDecodingException if the body is not such a value
   * @throws IllegalStateException as {@link #bodyAs(Class)}
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // The decoder checks it; only a Void is null.
  public <T> T bodyAs(TypeRef<T> type) {
    return (T) decode(Objects.requireNonNull(type, "type").type());
  }

  private @Nullable Object decode(Type type) {
    if (decoder != null) {
      return decoder.apply(type);
    }
    if (type == String.class) {
      return string();
    }
    if (type == byte[].class) {
      return bytes();
    }
    if (type == Void.class || type == void.class) {
      return null;
    }
    throw new IllegalStateException(
        "this exception has no codec, since it was deserialized or comes from an RPC batch; read"
            + " string() or bytes()");
  }

  /**
   * Returns the error that the target reported as a ServiceError in problem+json, or null. It is
   * for information only: it does not influence whether this call is sent again.
   */
  public @Nullable ServiceError downstreamError() {
    return downstreamError;
  }
}
