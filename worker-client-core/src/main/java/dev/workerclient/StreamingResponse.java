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
 * The target's own answer with its body still to be read. Must be closed; until then it holds a
 * connection. One thread reads; any may close.
 *
 * <p>The call's deadline ended when the headers were there. From then on {@code readIdleTimeout}
 * bounds each wait for more of the body.
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
   * Returns the server-sent events of the body, each as soon as it has arrived; for {@code
   * text/event-stream}. The response is closed after the last one, and by {@link Stream#close}; to
   * read on after it broke, send the request again with {@code Last-Event-ID}.
   *
   * <p>The stream can be read once, by one thread. While it is read it throws {@link
   * WorkerException}: if the body breaks or is silent for {@code readIdleTimeout}; {@link
   * WorkerDecodingException} if an event has more than {@code maxResponseBytes}; {@link
   * WorkerCancelledException} if the response was closed.
   *
   * @throws WorkerResponseException if the status is not 2xx, as {@link #orThrow}
   * @throws WorkerDecodingException if the body is something else; the response is closed
   * @throws IllegalStateException if the body was given out before as events or lines
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
   * Returns the lines of the body decoded by the client's codec, each as soon as it has arrived:
   * JSON lines (NDJSON), or text for {@code String}. Lines end with a line feed; empty ones are
   * skipped. Closes and throws as {@link #events}, and {@link WorkerDecodingException} for a line
   * that is not such a value.
   *
   * @throws WorkerResponseException if the status is not 2xx, as {@link #orThrow}
   * @throws WorkerDecodingException if the body is compressed in a way that the client can't decode
   * @throws IllegalStateException if the body was given out before as events or lines, or if the
   *     type takes a codec and the client has none
   */
  public <T> Stream<T> lines(Class<T> type) {
    return decodedLines(Objects.requireNonNull(type, "type"));
  }

  /** As {@link #lines(Class)}, for a generic type. */
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
          "the body was given out by events() or lines(…) before; it can be read once");
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
          "raise maxResponseBytes, which bounds each line and event, or read stream()",
          null);
    }
    return new WorkerCancelledException(
        error("WORKER_CANCELLED", "the response was closed while its body was read")
            .diagnosis(
                diagnosis(
                    "the application closed the response", "close it when all of it was read"))
            .build(),
        e);
  }

  /** Gives the connection back. May be called more than once. */
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
