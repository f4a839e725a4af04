package dev.workerclient;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerCancelledException;
import dev.workerclient.error.WorkerDecodingException;
import dev.workerclient.error.WorkerException;
import dev.workerclient.error.WorkerResponseException;
import dev.workerclient.internal.classify.RemoteText;
import dev.workerclient.internal.http.CallSpec;
import dev.workerclient.internal.http.OpenBody;
import dev.workerclient.internal.http.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The target's response with a body that is still to be read. It must be closed, and holds a
 * connection until then. One thread may read; any thread may close.
 *
 * <p>The call's timeout ended when the headers arrived. From then on {@code readIdleTimeout} limits
 * each wait for more of the body.
 */
public final class StreamingResponse extends ResponseInfo implements AutoCloseable {
  private static final int MOST_OF_A_FAILURE = 64 * 1024;

  private static final int NO_CONTENT = 204;

  private final OpenBody body;
  private final InputStream stream;
  private boolean given;

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
   * Returns the decompressed body; the same stream each time. If the connection breaks or stays
   * silent for {@code readIdleTimeout}, {@code read} throws an {@link IOException} whose cause is a
   * {@link WorkerException}. A truncated body never looks complete.
   */
  public InputStream stream() {
    return stream;
  }

  /**
   * Returns this response if its status is 2xx; otherwise closes it.
   *
   * @throws WorkerResponseException if it has any other status, with status, headers and the start
   *     of the unread body: what arrives within {@code readIdleTimeout}, at most 64 KiB or {@code
   *     maxResponseBytes}
   */
  public StreamingResponse orThrow() {
    if (!isSuccessful()) {
      long most = Math.min(MOST_OF_A_FAILURE, context().engine.limits().maxResponseBytes());
      byte[] start;
      try (this) {
        start = body.readStart(stream, (int) most);
      }
      throw notSuccessful(start);
    }
    return this;
  }

  /**
   * Returns the server-sent events of a {@code text/event-stream} body, each as soon as it has
   * arrived. The response is closed after the last one, and by {@link Stream#close}. To resume
   * after the connection broke, send the request again with {@code Last-Event-ID}.
   *
   * <p>The stream can be read once, by one thread. While it is read it may throw a {@link
   * WorkerException}: if the connection breaks or is silent for {@code readIdleTimeout}; {@link
   * WorkerDecodingException} if an event exceeds {@code maxResponseBytes}; {@link
   * WorkerCancelledException} if the response was closed.
   *
   * @throws WorkerResponseException if the status is not 2xx, as {@link #orThrow}
   * @throws WorkerDecodingException if the body is not a {@code text/event-stream}; the response is
   *     then closed
   * @throws IllegalStateException if the body was already read as events or lines
   */
  public Stream<ServerSentEvent> events() {
    requireWhole();
    if (!isEventStream() && status() != NO_CONTENT) {
      close();
      String type = contentType().isEmpty() ? "no content type" : RemoteText.clean(contentType());
      throw undecodable(
          "the body (" + type + ") is not a text/event-stream",
          "compare the path with what the target serves there, or read stream()",
          null);
    }
    EventReader events = new EventReader(stream, context().engine.limits().maxResponseBytes());
    return BodyItems.stream(this, events::next, this::broken);
  }

  /**
   * Returns the lines of the body, each decoded by the client's codec as soon as it has arrived:
   * JSON lines (NDJSON), or plain lines for {@code String}. Lines end with a line feed; empty lines
   * are skipped. Closing and exceptions are as for {@link #events}; a line that can't be decoded
   * throws a {@link WorkerDecodingException}.
   *
   * @throws WorkerResponseException if the status is not 2xx, as {@link #orThrow}
   * @throws WorkerDecodingException if the client does not support the body's encoding
   * @throws IllegalStateException if the body was already read as events or lines, or if the type
   *     needs a codec and the client has none
   */
  public <T> Stream<T> lines(Class<T> type) {
    return decodedLines(Objects.requireNonNull(type, "type"));
  }

  /** Returns the decoded lines of the body, like {@link #lines(Class)}, for a generic type. */
  public <T> Stream<T> lines(TypeRef<T> type) {
    return decodedLines(Objects.requireNonNull(type, "type").type());
  }

  private <T> Stream<T> decodedLines(Type type) {
    if (Codec.isVoid(type)) {
      throw new IllegalArgumentException("a line is never Void; write the type of its value");
    }
    context().codec.requireFor(type);
    requireWhole();
    LineReader lines = new LineReader(stream, context().engine.limits().maxResponseBytes(), false);
    return BodyItems.stream(this, new BodyItems.Values<T>(this, lines, type), this::broken);
  }

  /** Checks that the body is one to read in parts, and was not given out so before. */
  private void requireWhole() {
    if (given) {
      throw new IllegalStateException(
          "the body was already read by events() or lines(…); it can be read once");
    }
    orThrow();
    given = true;
    try {
      requireDecoded();
    } catch (WorkerDecodingException e) {
      close();
      throw e;
    }
  }

  private boolean isEventStream() {
    return contentType().split(";", 2)[0].strip().equalsIgnoreCase("text/event-stream");
  }

  private WorkerException broken(IOException e) {
    if (e.getCause() instanceof WorkerException typed) {
      return typed;
    }
    if (e instanceof LineReader.TooLongException) {
      return undecodable(
          String.valueOf(e.getMessage()),
          "raise maxResponseBytes, which limits each line and event, or read stream()",
          null);
    }
    return new WorkerCancelledException(
        error("WORKER_CANCELLED", "the response was closed while its body was read")
            .diagnosis(
                diagnosis(
                    "the application closed the response", "close it after the body was read"))
            .build(),
        e);
  }

  /** Closes the body and returns its connection to the pool. May be called more than once. */
  @Override
  public void close() {
    body.close();
    context().engine.streamEnded();
  }

  @Override
  public String toString() {
    return "StreamingResponse{" + summary() + "}";
  }
}
