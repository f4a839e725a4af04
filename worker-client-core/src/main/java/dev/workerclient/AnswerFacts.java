package dev.workerclient;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.internal.classify.Explanation;
import dev.workerclient.internal.classify.RemoteText;
import dev.workerclient.internal.classify.Secrets;
import dev.workerclient.internal.http.CallSpec;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** What buffered and streamed answers have in common: all but the body. Immutable. */
final class AnswerFacts {
  private final ServiceContext context;
  private final CallSpec spec;
  private final int status;
  private final Headers headers;
  private final boolean proven;
  private final Secrets secrets;
  private final List<Attempt> attempts;

  AnswerFacts(
      ServiceContext context,
      CallSpec spec,
      int status,
      Headers headers,
      boolean proven,
      Secrets secrets,
      List<Attempt> attempts) {
    this.context = context;
    this.spec = spec;
    this.status = status;
    this.headers = headers;
    this.proven = proven;
    this.secrets = secrets;
    this.attempts = attempts;
  }

  int status() {
    return status;
  }

  boolean isSuccessful() {
    return status >= 200 && status < 300;
  }

  Map<String, List<String>> headers() {
    return Collections.unmodifiableMap(headers.toMultimap());
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }

  String redact(String text) {
    return secrets.hide(text);
  }

  List<Attempt> attempts() {
    return attempts;
  }

  @Nullable String rayId() {
    return last().rayId();
  }

  String route() {
    return last().route();
  }

  private Attempt last() {
    return attempts.get(attempts.size() - 1);
  }

  /**
   * Returns the body as UTF-8 text.
   *
   * @throws WorkerDecodingException if it is compressed
   */
  String text(byte[] body) {
    requireDecoded(body);
    return new String(body, StandardCharsets.UTF_8);
  }

  @Nullable Object decode(byte[] body, Type type) {
    if (type != byte[].class && !Codec.isVoid(type)) {
      requireDecoded(body);
    }
    try {
      return context.codec().decode(body, type, contentType());
    } catch (IOException e) {
      ServiceError error =
          error("WORKER_DECODING", "HTTP " + status + ", but " + secrets.hide("" + e.getMessage()))
              .diagnosis(
                  diagnosis(
                      "the answer is not what the application asked for",
                      "compare the type with what this path of the target sends, and with what"
                          + " the codec makes of it"))
              .build();
      throw new WorkerDecodingException(error, HiddenSecrets.in(e.getCause(), secrets));
    }
  }

  /** The header is taken off a body that was decoded; what it names now is still there. */
  private void requireDecoded(byte[] body) {
    String encoding = headers.get("Content-Encoding");
    if (encoding == null || encoding.equalsIgnoreCase("identity") || body.length == 0) {
      return;
    }
    String cleaned = RemoteText.clean(encoding);
    ServiceError error =
        error("WORKER_DECODING", "HTTP " + status + ", but the body is encoded as " + cleaned)
            .diagnosis(
                diagnosis(
                    "the client decodes gzip, unless the request sets Accept-Encoding itself",
                    "have the target send gzip or identity, or decode bytes() yourself"))
            .build();
    throw new WorkerDecodingException(error, null);
  }

  WorkerResponseException notSuccessful(byte[] body) {
    ServiceError downstream =
        HiddenSecrets.in(context.codec().decodeServiceError(body, contentType()), secrets);
    String cause = "this is the target's own answer, no failure of a route";
    String fix = "read status() and string(); use execute() where this status is expected";
    Explanation more = Explanation.of(status, headers, body, proven);
    ServiceError error =
        error("WORKER_RESPONSE", "the target answered HTTP " + status)
            .diagnosis(
                more == null
                    ? diagnosis(cause, fix)
                    : diagnosis(cause + "; " + more.cause(), fix + "; in that case " + more.fix()))
            .build();
    return new WorkerResponseException(
        error,
        status,
        headers(),
        body,
        context.codec().isThere() ? type -> decode(body, type) : null,
        downstream);
  }

  private ServiceError.Builder error(String code, String message) {
    return ServiceError.builder(context.name(), spec.operation(), code)
        .message(message)
        .delivery(Delivery.DELIVERED)
        .safeToResend(spec.repeatable())
        .rayId(rayId())
        .attempts(attempts);
  }

  private Diagnosis diagnosis(String cause, String fix) {
    return Diagnosis.of(
        cause,
        fix,
        "no (the target answered)" + (spec.repeatable() ? ", but the call is repeatable" : ""));
  }

  private String contentType() {
    String value = headers.get("Content-Type");
    return value == null ? "" : value;
  }

  @Override
  public String toString() {
    return "HTTP " + status + " via " + route();
  }
}
