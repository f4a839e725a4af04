package dev.workerclient;

import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.http.OpenBody;
import java.io.IOException;
import java.io.InputStream;

/**
 * The target's own answer with its body still to be read. Must be closed; until then it holds a
 * connection. One thread reads; any may close.
 *
 * <p>The call's deadline ended when the headers were there. From then on {@code readIdleTimeout}
 * bounds each wait for more of the body.
 */
public final class StreamingResponse extends Answer implements AutoCloseable {
  private final OpenBody body;
  private final InputStream stream;
  private final Runnable onClose;

  StreamingResponse(AnswerFacts facts, OpenBody body, InputStream stream, Runnable onClose) {
    super(facts);
    this.body = body;
    this.stream = stream;
    this.onClose = onClose;
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
    onClose.run();
  }

  @Override
  public String toString() {
    return "StreamingResponse{" + facts + "}";
  }
}
