package dev.workerclient;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerResponseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The target's own answer, with its body read whole: nothing to close. A 404 or a 500 of the target
 * is an answer too. Immutable and thread-safe.
 */
public final class WorkerResponse {
  private final AnswerFacts facts;
  private final byte[] body;

  WorkerResponse(AnswerFacts facts, byte[] body) {
    this.facts = facts;
    this.body = body;
  }

  /** The target's status. */
  public int status() {
    return facts.status();
  }

  /** Whether the status is 2xx. */
  public boolean isSuccessful() {
    return facts.isSuccessful();
  }

  /** The headers; names ignore case, and each has its values in order. Unmodifiable. */
  public Map<String, List<String>> headers() {
    return facts.headers();
  }

  /** The last value of a header, its name in any case; null where it was not sent. */
  public @Nullable String header(String name) {
    return facts.header(name);
  }

  /** The {@code cf-ray} of the answer, or null where there was none. */
  public @Nullable String rayId() {
    return facts.rayId();
  }

  /** The route that answered: {@code binding-proxy} or {@code custom-domain}. */
  public String route() {
    return facts.route();
  }

  /** Every attempt of the call in order; the last one answered. */
  public List<Attempt> attempts() {
    return facts.attempts();
  }

  /** A copy of the body. */
  public byte[] bytes() {
    return body.clone();
  }

  /** The body as UTF-8 text. */
  public String string() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * Returns the body decoded by the client's codec; {@code String} and {@code byte[]} are the body
   * as it is.
   *
   * @throws WorkerDecodingException if the body is not such a value
   * @throws IllegalStateException if the client has no codec
   */
  public <T> T bodyAs(Class<T> type) {
    return type.cast(facts.decode(body, type));
  }

  /**
   * Returns the body decoded to a generic type.
   *
   * @throws WorkerDecodingException if the body is not such a value
   * @throws IllegalStateException if the client has no codec
   */
  @SuppressWarnings("unchecked") // The codec's contract.
  public <T> T bodyAs(TypeRef<T> type) {
    return (T) facts.decode(body, type.type());
  }

  /**
   * Returns this response if its status is 2xx.
   *
   * @throws WorkerResponseException for any other status, with status, headers and body
   */
  public WorkerResponse orThrow() {
    if (!isSuccessful()) {
      throw facts.notSuccessful(body);
    }
    return this;
  }

  @Override
  public String toString() {
    return "WorkerResponse{" + facts + ", " + body.length + " bytes}";
  }
}
