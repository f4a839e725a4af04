package dev.workerclient;

import dev.workerclient.error.Attempt;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The target's own answer: what buffered and streamed answers have in common. Immutable. */
abstract sealed class Answer permits WorkerResponse, StreamingResponse {
  final AnswerFacts facts;

  Answer(AnswerFacts facts) {
    this.facts = facts;
  }

  /** The target's status; a 404 or a 500 of the target is an answer too. */
  public final int status() {
    return facts.status();
  }

  /** Whether the status is 2xx. */
  public final boolean isSuccessful() {
    return facts.isSuccessful();
  }

  /** The headers; names ignore case, and each has its values in order. Unmodifiable. */
  public final Map<String, List<String>> headers() {
    return facts.headers();
  }

  /** The last value of a header, its name in any case; null where it was not sent. */
  public final @Nullable String header(String name) {
    return facts.header(name);
  }

  /** The {@code cf-ray} of the answer, or null where there was none. */
  public final @Nullable String rayId() {
    return facts.rayId();
  }

  /** The route that answered: {@code binding-proxy} or {@code custom-domain}. */
  public final String route() {
    return facts.route();
  }

  /**
   * Returns the text with each credential that the call sent replaced by {@code (hidden)}: for what
   * a target sent, before it goes into a log or a message.
   */
  public final String redact(String text) {
    return facts.redact(text);
  }

  /** Every attempt of the call in order; the last one answered. */
  public final List<Attempt> attempts() {
    return facts.attempts();
  }
}
