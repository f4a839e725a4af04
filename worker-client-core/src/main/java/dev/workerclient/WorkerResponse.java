package dev.workerclient;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.internal.call.Call;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.Outcome;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The target's response with its whole body; there is nothing to close. It may have any status,
 * such as 404 or 500. Immutable and thread-safe.
 */
public final class WorkerResponse extends ResponseInfo {
  private static final byte[] NO_BYTES = {};

  private final byte[] body;

  private WorkerResponse(
      ServiceContext context,
      CallSpec spec,
      Outcome.Answered answer,
      List<Attempt> attempts,
      byte[] body) {
    super(context, spec, answer, attempts);
    this.body = body;
  }

  /** The call's answer. */
  static WorkerResponse of(ServiceContext context, Call call, Outcome.Answered answer) {
    byte[] body = answer.body().readByteArray();
    return new WorkerResponse(context, call.spec(), answer, call.attempts(), body);
  }

  /**
   * Decodes the body of a call's answer without a copy of it.
   *
   * @throws WorkerResponseException if the status is not 2xx
   * @throws WorkerDecodingException if the body is not such a value
   */
  static @Nullable Object decode(
      ServiceContext context, Call call, Outcome.Answered answer, Type type) {
    WorkerResponse head =
        new WorkerResponse(context, call.spec(), answer, call.attempts(), NO_BYTES);
    if (!head.isSuccessful()) {
      throw head.notSuccessful(answer.body().readByteArray());
    }
    return head.decode(answer.body(), type);
  }

  /** Returns a copy of the body; still compressed if the client does not support its encoding. */
  public byte[] bytes() {
    return body.clone();
  }

  /**
   * Returns the body as a UTF-8 string.
   *
   * @throws WorkerDecodingException if the client does not support the body's encoding
   */
  public String string() {
    if (body.length > 0) {
      requireDecoded();
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Returns the body decoded by the client's codec. {@code String} and {@code byte[]} return the
   * body as it is, and {@code Void} returns null.
   *
   * @throws WorkerDecodingException if the body can't be decoded to the type
   * @throws IllegalStateException if the client has no codec
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // It was checked; only a Void is null.
  public <T> T bodyAs(Class<T> type) {
    Objects.requireNonNull(type, "type");
    return (T) decode(Codec.BODY, body, type);
  }

  /**
   * Returns the body decoded to a generic type.
   *
   * @throws WorkerDecodingException if the body can't be decoded to the type
   * @throws IllegalStateException if the client has no codec
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // Its class was checked; only a Void is null.
  public <T> T bodyAs(TypeRef<T> type) {
    Objects.requireNonNull(type, "type");
    return (T) decode(Codec.BODY, body, type.type());
  }

  /**
   * Returns this response if its status is 2xx.
   *
   * @throws WorkerResponseException if it has any other status, with status, headers and body
   */
  public WorkerResponse orThrow() {
    if (!isSuccessful()) {
      throw notSuccessful(body);
    }
    return this;
  }

  @Override
  public String toString() {
    return "WorkerResponse{" + summary() + ", " + body.length + " bytes}";
  }
}
