package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The Worker's ReadableStream. A chunk is acknowledged when it has been read, so that the Worker
 * sends no more than its window ahead. Its reader may be any thread, one at a time.
 */
final class InboundStream extends InputStream implements StreamEnd {
  private static final JsonNode DONE = LocalCalls.UNDEFINED;

  private final Duration patience;

  // What follows is guarded by this.
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private int offset;
  private int waiting;
  private boolean finished;
  private boolean closed;
  private @Nullable String broken;
  private boolean taken;

  /** Of the Blob that it is the content of; empty otherwise. Set before it is given away. */
  private String contentType = "";

  /** Bytes, and whom to tell that they were read. */
  private static final class Chunk {
    final byte[] bytes;
    final CompletableFuture<JsonNode> read;

    Chunk(byte[] bytes, CompletableFuture<JsonNode> read) {
      this.bytes = bytes;
      this.read = read;
    }
  }

  /** Makes it; a read waits so long for more. */
  InboundStream(Duration patience) {
    this.patience = patience;
  }

  @Override
  public synchronized void call(
      String method, JsonNode argument, CompletableFuture<JsonNode> done) {
    if (closed || broken != null || finished) {
      StreamEnd.refuse(done, "the reader closed the stream");
      return;
    }
    switch (method) {
      case "write" -> write(argument, done);
      case "close" -> {
        finished = true;
        done.complete(DONE);
      }
      case "abort" -> {
        broken = "the Worker aborted the stream";
        done.complete(DONE);
      }
      default -> StreamEnd.refuse(done, "'" + method + "' is not a function.");
    }
    notifyAll();
  }

  private void write(JsonNode chunk, CompletableFuture<JsonNode> done) {
    byte[] bytes = StreamEnd.bytes(chunk);
    if (bytes == null) {
      broken = "a chunk of the stream is neither bytes nor text";
      StreamEnd.refuse(done, broken);
    } else if (bytes.length == 0) {
      done.complete(DONE);
    } else if (waiting + bytes.length > MOST_WAITING) {
      broken = "the Worker sent more than it was asked for";
      StreamEnd.refuse(done, broken);
    } else {
      waiting += bytes.length;
      chunks.add(new Chunk(bytes, done));
    }
  }

  @Override
  public synchronized void released(String why) {
    if (!finished && broken == null) {
      broken = why;
      notifyAll();
    }
  }

  void contentType(String type) {
    contentType = type;
  }

  String contentType() {
    return contentType;
  }

  /** Notes that the application has it. */
  synchronized InputStream take() {
    taken = true;
    return this;
  }

  @Override
  public String toString() {
    return "a stream of the Worker";
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

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int start, int length) throws IOException {
    Objects.checkFromIndexSize(start, length, to.length);
    if (length == 0) {
      return 0;
    }
    Chunk whole = null;
    int count;
    synchronized (this) {
      Chunk chunk = await();
      if (chunk == null) {
        return -1;
      }
      count = Math.min(length, chunk.bytes.length - offset);
      System.arraycopy(chunk.bytes, offset, to, start, count);
      offset += count;
      if (offset == chunk.bytes.length) {
        offset = 0;
        whole = chunks.remove();
        waiting -= whole.bytes.length;
      }
    }
    if (whole != null) {
      whole.read.complete(DONE);
    }
    return count;
  }

  /** The chunk to read from; null at the end. */
  private @Nullable Chunk await() throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      if (closed) {
        throw new IOException("the stream is closed");
      }
      if (!chunks.isEmpty()) {
        return chunks.element();
      }
      if (broken != null) {
        throw new IOException(broken);
      }
      if (finished) {
        return null;
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
  }

  @Override
  public synchronized int available() {
    return chunks.isEmpty() || closed ? 0 : chunks.element().bytes.length - offset;
  }

  /** Tells the Worker, at its next chunk, that nobody reads any more. */
  @Override
  public void close() {
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
    left.forEach(chunk -> StreamEnd.refuse(chunk.read, "the reader closed the stream"));
  }
}
