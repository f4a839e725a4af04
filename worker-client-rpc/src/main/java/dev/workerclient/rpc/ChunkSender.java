package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.rpc.ExpressionWriter;
import dev.workerclient.internal.rpc.MessageText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends bytes into the Worker's WritableStream, chunk by chunk, no more than a window ahead of what
 * the Worker has taken. Used by one thread at a time.
 */
final class ChunkSender {
  /** The most bytes that are sent as one chunk. */
  static final int CHUNK = 64 * 1024;

  /** As capnweb begins with. */
  static final int WINDOW = 256 * 1024;

  private static final String ABORTED =
      "[\"error\",\"Error\",\"the client could not read the stream\"]";

  private final SessionCaller caller;
  private final Import to;
  private final Duration patience;

  // What follows is guarded by this.
  private int ahead;
  private @Nullable IOException failure;

  /**
   * Makes it.
   *
   * @param patience how long it waits for the Worker to take something
   */
  ChunkSender(SessionCaller caller, Import to, Duration patience) {
    this.caller = caller;
    this.to = to;
    this.patience = patience;
  }

  /**
   * Sends a chunk as soon as the window has room for it.
   *
   * @throws IOException if the Worker does not take the stream, or takes nothing in time
   */
  void write(byte[] bytes) throws IOException {
    awaitRoom(bytes.length);
    CompletableFuture<Void> unused =
        offer(chunk(BinaryNode.valueOf(bytes)))
            .thenAccept(refusal -> taken(bytes.length, refusal.orElse(null)));
  }

  /**
   * Returns the message of a chunk.
   *
   * @throws IllegalArgumentException if it holds more than data
   */
  String chunk(JsonNode value) {
    return message(
        "write",
        out ->
            new ExpressionWriter(
                    out,
                    (other, generator) -> {
                      throw new IllegalArgumentException(
                          "a chunk of a stream holds a "
                              + other.getClass().getSimpleName()
                              + ", and can hold data alone");
                    })
                .write(value));
  }

  /**
   * Sends the message of a chunk, whatever the window; the future brings why the Worker does not
   * take it, or nothing when it has taken it.
   *
   * @throws IOException if the session is over, or its queue stays full
   */
  CompletableFuture<Optional<IOException>> offer(String chunk) throws IOException {
    return send(chunk).handle((value, ended) -> Optional.ofNullable(failure(value, ended)));
  }

  private synchronized void awaitRoom(int size) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (failure == null && ahead > 0 && ahead + size > WINDOW) {
      long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (millis <= 0) {
        throw late();
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
    ahead += size;
  }

  /**
   * Says that this was all; what was sent before need not have been taken yet.
   *
   * @throws IOException if the session is over
   */
  CompletableFuture<Inbound> close() throws IOException {
    return send(message("close", out -> {}));
  }

  /**
   * The same, and waits until the Worker has taken everything.
   *
   * @throws IOException if it did not take everything, or not in time
   */
  void closeAndWait() throws IOException {
    CompletableFuture<Inbound> closed = close();
    IOException refused;
    try {
      refused = failure(closed.get(patience.toNanos(), TimeUnit.NANOSECONDS), null);
    } catch (TimeoutException e) {
      throw late();
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      refused = failure(null, e.getCause());
    }
    synchronized (this) {
      refused = failure == null ? refused : failure; // The first says more.
    }
    if (refused != null) {
      throw new IOException(refused.getMessage(), refused);
    }
  }

  /** Says that no more comes, and that it was not all. */
  void abort() {
    try {
      CompletableFuture<Inbound> unused = send(message("abort", out -> out.writeRawValue(ABORTED)));
    } catch (IOException e) {
      // The session is over, and the stream with it.
    }
  }

  /** Lets the Worker drop it. */
  void release() {
    boolean unused = to.release();
  }

  private String message(String method, MessageText.Content argument) {
    return MessageText.of(
        "stream",
        out -> {
          out.writeStartArray();
          out.writeString("pipeline");
          out.writeNumber(to.id());
          out.writeRawValue("[\"" + method + "\"]");
          out.writeStartArray();
          argument.writeTo(out);
          out.writeEndArray();
          out.writeEndArray();
        });
  }

  private CompletableFuture<Inbound> send(String message) throws IOException {
    try {
      return caller.session().stream(message).done;
    } catch (WorkerException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void taken(int size, @Nullable IOException why) {
    synchronized (this) {
      ahead -= size;
      failure = failure == null ? why : failure;
      notifyAll();
    }
  }

  /** Why the Worker did not take it; null if it did. */
  private @Nullable IOException failure(@Nullable Inbound value, @Nullable Throwable ended) {
    if (value == null) {
      return new IOException("the session ended before the Worker had taken the stream", ended);
    }
    boolean refused = value.isRejected();
    try {
      Object unused = InboundReader.value(caller, Session.STREAM, value, null);
      return null;
    } catch (WorkerException e) {
      return refused
          ? new IOException("the Worker does not take the stream: " + e.getMessage(), e)
          : null;
    }
  }

  private InterruptedIOException late() {
    return new InterruptedIOException("the Worker took nothing for " + patience.toMillis() + " ms");
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted");
  }
}
