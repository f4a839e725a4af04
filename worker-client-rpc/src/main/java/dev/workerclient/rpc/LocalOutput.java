package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The application's OutputStream, which the Worker writes as a WritableStream. A chunk is
 * acknowledged when it was written, so that the Worker sends no more than its window ahead. It is
 * written by one task of the executor, while there is something to write, and closed at the end,
 * whatever that is. Thread-safe.
 */
final class LocalOutput implements StreamEnd {
  private static final String NOT_WRITTEN = "the client could not write the stream";

  private final OutputStream out;
  private final Executor executor;

  // What follows is guarded by this.
  private final Deque<Step> steps = new ArrayDeque<>();
  private int waiting;
  private boolean writing;

  /** Whether nothing more is taken, and why. */
  private @Nullable String over;

  /** Something to do: bytes to write, or null for closing, and whom to tell that it is done. */
  private static final class Step {
    final byte @Nullable [] bytes;
    final @Nullable CompletableFuture<JsonNode> done;

    Step(byte @Nullable [] bytes, @Nullable CompletableFuture<JsonNode> done) {
      this.bytes = bytes;
      this.done = done;
    }

    void taken() {
      if (done != null) {
        done.complete(LocalCalls.UNDEFINED);
      }
    }

    void refuse(String why) {
      if (done != null) {
        StreamEnd.refuse(done, why);
      }
    }
  }

  LocalOutput(OutputStream out, Executor executor) {
    this.out = out;
    this.executor = executor;
  }

  @Override
  public void call(
      String method, JsonNode argument, int characters, CompletableFuture<JsonNode> done) {
    switch (method) {
      case "write" -> write(StreamEnd.bytes(argument), done);
      case "close" -> add(new Step(null, done), "the stream was closed");
      case "abort" -> add(new Step(null, done), "the stream was aborted");
      default -> StreamEnd.refuse(done, "'" + method + "' is not a function.");
    }
  }

  private void write(byte @Nullable [] bytes, CompletableFuture<JsonNode> done) {
    if (bytes == null) {
      StreamEnd.refuse(done, "a chunk of the stream is neither bytes nor text");
      released("a chunk of the stream was neither bytes nor text");
    } else {
      add(new Step(bytes, done), null);
    }
  }

  @Override
  public void released(String why) {
    add(new Step(null, null), why);
  }

  /**
   * Does that after what waits.
   *
   * @param end why it is the last; null if it is not
   */
  private void add(Step step, @Nullable String end) {
    synchronized (this) {
      int size = step.bytes == null ? 0 : step.bytes.length;
      if (over != null || waiting + size > MOST_WAITING) {
        step.refuse(over == null ? "the Worker sent more than it was asked for" : over);
        return;
      }
      over = end;
      waiting += size;
      steps.add(step);
      if (writing) {
        return;
      }
      writing = true;
    }
    try {
      executor.execute(this::work);
    } catch (RejectedExecutionException e) {
      fail(NOT_WRITTEN);
    }
  }

  private void work() {
    for (Step step = next(); step != null; step = next()) {
      try {
        if (step.bytes == null) {
          out.close();
        } else {
          out.write(step.bytes);
        }
        step.taken();
      } catch (IOException | RuntimeException e) { // Its message stays here.
        step.refuse(NOT_WRITTEN);
        fail(NOT_WRITTEN);
        close();
      }
    }
  }

  private synchronized @Nullable Step next() {
    Step next = steps.poll();
    if (next == null) {
      writing = false;
    } else if (next.bytes != null) {
      waiting -= next.bytes.length;
    }
    return next;
  }

  /** Takes nothing more, and refuses what waits. */
  private void fail(String why) {
    Deque<Step> left;
    synchronized (this) {
      over = why;
      left = new ArrayDeque<>(steps);
      steps.clear();
      waiting = 0;
      writing = false;
    }
    left.forEach(step -> step.refuse(why));
  }

  private void close() {
    try {
      out.close();
    } catch (IOException | RuntimeException e) {
      // It is broken.
    }
  }
}
