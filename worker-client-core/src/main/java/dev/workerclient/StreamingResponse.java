package dev.workerclient;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.http.OpenBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The target's own answer with its body still to be read. Must be closed; until then it holds a
 * connection. One thread reads; any may close.
 *
 * <p>The call's deadline ended when the headers were there. From then on {@code readIdleTimeout}
 * bounds each wait for more of the body.
 */
public final class StreamingResponse implements AutoCloseable {
  private final AnswerFacts facts;
  private final OpenBody body;
  private final InputStream stream;

  StreamingResponse(AnswerFacts facts, OpenBody body, InputStream stream) {
    this.facts = facts;
    this.body = body;
    this.stream = stream;
  }

  /** The target's status; 404 or 500 of the target is an answer too. */
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

  /**
   * The body, decompressed; the same stream each time. Where it breaks or stays silent for too
   * long, {@code read} throws an {@link IOException} whose cause is the {@link WorkerException}; a
   * broken body never ends as if it were whole.
   */
  public InputStream stream() {
    return stream;
  }

  /** Gives the connection back. May be called more than once. */
  @Override
  public void close() {
    body.close();
  }

  @Override
  public String toString() {
    return "StreamingResponse{" + facts + "}";
  }
}
