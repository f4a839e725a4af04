package dev.workerclient;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.internal.classify.Explanation;
import dev.workerclient.internal.classify.RemoteText;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.Outcome;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The target's response without its body: the common part of {@link WorkerResponse} and {@link
 * StreamingResponse}. Immutable.
 */
public abstract sealed class ResponseInfo permits WorkerResponse, StreamingResponse {
  private final ServiceContext context;
  private final CallSpec spec;
  private final Outcome.Answered answer;
  private final List<Attempt> attempts;

  ResponseInfo(
      ServiceContext context, CallSpec spec, Outcome.Answered answer, List<Attempt> attempts) {
    this.context = context;
    this.spec = spec;
    this.answer = answer;
    this.attempts = attempts;
  }

  /** Returns the target's status, which may be any, such as 404 or 500. */
  public final int status() {
    return answer.status();
  }

  /** Returns whether the status is 2xx. */
  public final boolean isSuccessful() {
    return status() >= 200 && status() < 300;
  }

  /** Returns the headers. Names ignore case, and each has its values in order. Unmodifiable. */
  public final Map<String, List<String>> headers() {
    return Collections.unmodifiableMap(answer.headers().toMultimap());
  }

  /** Returns the last value of a header, or null if it was not sent. The name ignores case. */
  public final @Nullable String header(String name) {
    return answer.headers().get(Objects.requireNonNull(name, "name"));
  }

  /** Returns the {@code cf-ray} of the response, or null if there is none. */
  public final @Nullable String rayId() {
    return last().rayId();
  }

  /** Returns the route that answered: {@code binding-proxy} or {@code custom-domain}. */
  public final String route() {
    return last().route();
  }

  /**
   * Replaces each credential that the call sent by {@code (hidden)}. Use it for strings from the
   * target before you put them into a log or a message.
   */
  public final String redact(String text) {
    return answer.secrets().hide(Objects.requireNonNull(text, "text"));
  }

  /** Returns every attempt of the call in order; the last one is the one that answered. */
  public final List<Attempt> attempts() {
    return attempts;
  }

  private Attempt last() {
    return attempts.get(attempts.size() - 1);
  }

  final ServiceContext context() {
    return context;
  }

  /**
   * Decodes a part of the body, or all of it.
   *
   * @param what which part, for the message
   * @throws WorkerDecodingException if it is not such a value
   */
  final @Nullable Object decode(String what, byte[] part, Type type) {
    requireDecodedFor(type, part.length);
    try {
      return context.codec.decode(what, part, type, contentType());
    } catch (IOException e) {
      throw mismatch(e, part.length == 0);
    }
  }

  /**
   * Decodes the body and takes it out.
   *
   * @throws WorkerDecodingException if it is not such a value
   */
  final @Nullable Object decode(Buffer body, Type type) {
    requireDecodedFor(type, body.size());
    boolean empty = body.size() == 0;
    try {
      return context.codec.decode(body, type, contentType());
    } catch (IOException e) {
      throw mismatch(e, empty);
    } finally {
      body.clear();
    }
  }

  private void requireDecodedFor(Type type, long length) {
    if (length > 0 && type != byte[].class && !Codec.isVoid(type)) {
      requireDecoded();
    }
  }

  private WorkerDecodingException mismatch(IOException e, boolean empty) {
    return undecodable(
        String.valueOf(e.getMessage()),
        empty
            ? "there is no body: use send() if the target returns none, as with a 204; otherwise let"
                + " it return a value"
            : "compare the type with what the target returns for this path, and with what the codec"
                + " supports",
        e.getCause());
  }

  /** The header is taken off a body that was decoded; what it names now is still there. */
  final void requireDecoded() {
    String encoding = header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      ServiceError error =
          error(
                  "WORKER_DECODING",
                  "HTTP " + status() + ", but the body is encoded as " + RemoteText.clean(encoding))
              .diagnosis(
                  diagnosis(
                      "the client decodes gzip, unless the request sets Accept-Encoding itself",
                      "let the target send gzip or identity, or decode bytes() yourself"))
              .build();
      throw new WorkerDecodingException(error, null);
    }
  }

  /** The target answered with something else; the message must not quote the body. */
  final WorkerDecodingException undecodable(String what, String fix, @Nullable Throwable cause) {
    ServiceError error =
        error("WORKER_DECODING", "HTTP " + status() + ", but " + redact(what))
            .diagnosis(diagnosis("the response body does not match the requested type", fix))
            .build();
    return new WorkerDecodingException(error, HiddenSecrets.in(cause, answer.secrets()));
  }

  /** The failure of a caller that asked for 2xx. */
  final WorkerResponseException notSuccessful(byte[] body) {
    ServiceError downstream =
        HiddenSecrets.in(context.codec.decodeServiceError(body, contentType()), answer.secrets());
    String cause = "this is the target's own response, not a failure of a route";
    String fix = "read status() and string(); use execute() if this status is expected";
    Explanation more = Explanation.of(status(), answer.headers(), body, answer.proven());
    ServiceError error =
        error("WORKER_RESPONSE", "the target answered HTTP " + status())
            .diagnosis(
                more == null
                    ? diagnosis(cause, fix)
                    : diagnosis(cause + "; " + more.cause(), fix + "; in that case " + more.fix()))
            .build();
    return new WorkerResponseException(
        error, status(), headers(), body, type -> decode(Codec.BODY, body, type), downstream);
  }

  final ServiceError.Builder error(String code, String message) {
    return ServiceError.builder(context.engine.name(), spec.operation(), code)
        .message(message)
        .delivery(Delivery.DELIVERED)
        .safeToResend(spec.repeatable())
        .rayId(rayId())
        .attempts(attempts);
  }

  final Diagnosis diagnosis(String cause, String fix) {
    return Diagnosis.of(
        cause,
        fix,
        spec.repeatable()
            ? "yes, the call is repeatable (the target answered)"
            : "no, the target answered");
  }

  final String contentType() {
    String value = header("Content-Type");
    return value == null ? "" : value;
  }

  /** Status and route, for the types' own {@code toString}. */
  final String summary() {
    return "HTTP " + status() + " via " + route();
  }
}
