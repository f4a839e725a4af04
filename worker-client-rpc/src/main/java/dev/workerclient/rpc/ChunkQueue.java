package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The Worker's ReadableStream: the chunks that wait to be read, as an InputStream or as a
 * Publisher. A chunk is acknowledged when it has been read, so that the Worker sends no more than
 * its window ahead. Thread-safe.
 */
final class ChunkQueue implements StreamEnd {
  static final String CLOSED = "the reader closed the stream";

  private final SessionCaller caller;

  // What follows is guarded by this.
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private long waiting;
  private boolean finished;
  private boolean closed;
  private @Nullable String broken;
  private @Nullable JsonNode error;
  private boolean taken;
  private Runnable listener = () -> {};

  /** Of the Blob that it is the content of; empty otherwise. Set before it is given away. */
  private String contentType = "";

  /**
   * A value, and whom to tell that it was read.
   *
   * @param size in characters of its message
   */
  record Chunk(JsonNode tree, int size, CompletableFuture<JsonNode> done) {
    void read() {
      done.complete(LocalCalls.UNDEFINED);
    }

    void refuse(String why) {
      StreamEnd.refuse(done, why);
    }
  }

  /** Makes it; it is read in the session of that caller. */
  ChunkQueue(SessionCaller caller) {
    this.caller = caller;
  }

  SessionCaller caller() {
    return caller;
  }

  @Override
  public void call(
      String method, JsonNode argument, int characters, CompletableFuture<JsonNode> done) {
    Runnable told;
    synchronized (this) {
      if (closed || broken != null || finished) {
        StreamEnd.refuse(done, CLOSED);
        return;
      }
      switch (method) {
        case "write" -> write(new Chunk(argument, characters, done));
        case "close" -> {
          finished = true;
          done.complete(LocalCalls.UNDEFINED);
        }
        case "abort" -> {
          broken = "the Worker aborted the stream";
          error = argument;
          done.complete(LocalCalls.UNDEFINED);
        }
        default -> StreamEnd.refuse(done, "'" + method + "' is not a function.");
      }
      notifyAll();
      told = listener;
    }
    told.run();
  }

  private void write(Chunk chunk) {
    if (waiting + chunk.size > MOST_WAITING) {
      broken = "the Worker sent more than it was asked for";
      chunk.refuse(broken);
    } else {
      waiting += chunk.size;
      chunks.add(chunk);
    }
  }

  @Override
  public void released(String why) {
    Runnable told;
    synchronized (this) {
      if (finished || broken != null) {
        return;
      }
      broken = why;
      notifyAll();
      told = listener;
    }
    told.run();
  }

  void contentType(String type) {
    contentType = type;
  }

  String contentType() {
    return contentType;
  }

  /** Returns it as bytes, which the application is to read and to close. */
  synchronized InputStream asInput() {
    taken = true;
    return new InboundStream(this, caller.session().callTimeout);
  }

  /** Returns it as values of that type, which the application is to subscribe to. */
  synchronized Flow.Publisher<Object> asPublisher(JavaType type) {
    taken = true;
    return new InboundPublisher(this, type);
  }

  /** Closes it if nothing of the application's holds it. */
  void closeUnlessTaken() {
    synchronized (this) {
      if (taken) {
        return;
      }
    }
    close();
  }

  /** Closes it, and returns whether there was something to close: the Worker had not ended it. */
  boolean closeUnlessOver() {
    boolean open;
    synchronized (this) {
      open = !closed && broken == null && !(finished && chunks.isEmpty());
    }
    close();
    return open && caller.session().isOpen();
  }

  /** Has that run at each change, by the thread that makes it. */
  synchronized void onChange(Runnable task) {
    listener = task;
  }

  synchronized boolean hasNext() {
    return !chunks.isEmpty();
  }

  /** Takes the next chunk out; null if there is none. */
  synchronized @Nullable Chunk poll() {
    Chunk next = chunks.poll();
    if (next != null) {
      waiting -= next.size;
    }
    return next;
  }

  /** The same, and waits for it so long; null at the end. */
  synchronized @Nullable Chunk take(Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (!isOver()) {
      if (!chunks.isEmpty()) {
        return poll();
      }
      long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (millis <= 0) {
        throw new InterruptedIOException(
            "the Worker sent nothing for " + patience.toMillis() + " ms");
      }
      try {
        wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
    String why = closed ? "the stream is closed" : broken;
    if (why != null) {
      throw new IOException(why);
    }
    return null;
  }

  /** Ends it at that chunk, which can't be read; what waits behind it is refused too. */
  void fail(Chunk unreadable, String why) {
    Deque<Chunk> left;
    synchronized (this) {
      broken = why;
      left = new ArrayDeque<>(chunks);
      chunks.clear();
    }
    left.addFirst(unreadable);
    left.forEach(chunk -> chunk.refuse(why));
  }

  /** Whether nothing comes any more. */
  synchronized boolean isOver() {
    return closed || (chunks.isEmpty() && (finished || broken != null));
  }

  /** Why it ended without its close; null if it did not. */
  synchronized @Nullable String broken() {
    return broken;
  }

  /** What the Worker aborted it with; null if it did not. */
  synchronized @Nullable JsonNode error() {
    return error;
  }

  /** How large the next chunk is at least, in bytes; 0 if there is none. */
  synchronized int available() {
    byte[] next = chunks.isEmpty() ? null : StreamEnd.bytes(chunks.element().tree);
    return next == null ? 0 : next.length;
  }

  /** Tells the Worker, at its next chunk, that nobody reads any more. */
  void close() {
    Deque<Chunk> left;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      left = new ArrayDeque<>(chunks);
      chunks.clear();
      notifyAll();
    }
    left.forEach(chunk -> chunk.refuse(CLOSED));
  }

  @Override
  public String toString() {
    return "a stream of the Worker";
  }
}
