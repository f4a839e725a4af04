package dev.workerclient;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.OpenBody;
import dev.workerclient.internal.http.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The target's own answer with its body still to be read. Must be closed; until then it holds a
 * connection. One thread reads; any may close.
 *
 * <p>The call's deadline ended when the headers were there. From then on {@code readIdleTimeout}
 * bounds each wait for more of the body.
 */
public final class StreamingResponse extends ResponseInfo implements AutoCloseable {
  private static final int MOST_OF_A_FAILURE = 64 * 1024;


  private final OpenBody body;
  private final InputStream stream;

  StreamingResponse(
      ServiceContext context,
      CallSpec spec,
      Outcome.Answered answer,
      List<Attempt> attempts,
      OpenBody body,
      InputStream stream) {
    super(context, spec, answer, attempts);
    this.body = body;
    this.stream = stream;
  }

  /**
   * Returns the body, decompressed; the same stream each time. If it breaks or stays silent for too
   * long, {@code read} throws an {@link IOException} whose cause is the {@link WorkerException}; a
   * broken body never ends as if it were whole.
   */
  public InputStream stream() {
    return stream;
  }

  /**
   * Returns this response if its status is 2xx; else closes it.
   *
   * @throws WorkerResponseException for any other status, with status, headers and the start of
   *     what was not read of the body: what comes within {@code readIdleTimeout}, 64 KiB or {@code
   *     maxResponseBytes} at most
   */
  public StreamingResponse orThrow() {
    if (!isSuccessful()) {
      long most = Math.min(MOST_OF_A_FAILURE, context().limits().maxResponseBytes());
      byte[] start;
      try (this) {
        start = body.readStart(stream, (int) most);
      }
      throw notSuccessful(start);
    }
    return this;
  }

  /** Gives the connection back. May be called more than once. */
  @Override
  public void close() {
    body.close();
    context().resources().callEnded();
  }

  @Override
  public String toString() {
    return "StreamingResponse{" + summary() + "}";
  }
}
