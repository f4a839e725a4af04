package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JavaType;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the chunks of a stream to its subscriber, as many as it asked for: by one task of the
 * session's executor at a time, while there is something to do. Thread-safe.
 */
final class InboundSubscription implements Flow.Subscription {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient.rpc");

  private final ChunkQueue chunks;
  private final ChunkReader reader;

  // What follows is guarded by this.
  private long wanted;
  private boolean working;
  private @Nullable IllegalArgumentException misused;

  /** Null once it is over, since the Worker may hold on to its end of the stream. */
  private Flow.@Nullable Subscriber<? super Object> subscriber;

  InboundSubscription(
      ChunkQueue chunks, JavaType type, Flow.Subscriber<? super Object> subscriber) {
    this.chunks = chunks;
    this.reader = new ChunkReader(chunks, type);
    this.subscriber = subscriber;
  }

  /** Begins; called once. */
  void start() {
    synchronized (this) {
      working = true;
    }
    run(
        () -> {
          Flow.Subscriber<? super Object> to = subscriber();
          if (to != null) {
            guard(() -> to.onSubscribe(this));
          }
          chunks.onChange(this::wake);
          work();
        });
  }

  @Override
  public void request(long count) {
    synchronized (this) {
      if (count <= 0) {
        misused =
            new IllegalArgumentException(
                "request(" + count + "): ask for 1 or more (rule 3.9 of Reactive Streams)");
      } else {
        wanted = wanted + count < 0 ? Long.MAX_VALUE : wanted + count;
      }
    }
    wake();
  }

  @Override
  public void cancel() {
    synchronized (this) {
      subscriber = null;
    }
    chunks.close();
  }

  private synchronized Flow.@Nullable Subscriber<? super Object> subscriber() {
    return subscriber;
  }

  private void wake() {
    synchronized (this) {
      boolean work = misused != null || chunks.isOver() || (wanted > 0 && chunks.hasNext());
      if (working || subscriber == null || !work) {
        return;
      }
      working = true;
    }
    run(this::work);
  }

  private void run(Runnable task) {
    try {
      chunks.caller().session().exports.run(task);
    } catch (RejectedExecutionException e) {
      LOGGER.warn("a stream of the Worker was cancelled: the session's executor takes no task");
      cancel();
    }
  }

  private void work() {
    while (true) {
      Flow.Subscriber<? super Object> to;
      ChunkQueue.Chunk chunk;
      Exception failure;
      synchronized (this) {
        to = subscriber;
        failure = misused;
        chunk = failure == null && to != null && wanted > 0 ? chunks.poll() : null;
        boolean over = chunk == null && (failure != null || chunks.isOver());
        if (to == null || (chunk == null && !over)) {
          working = false;
          return;
        }
        if (over) {
          subscriber = null;
        } else if (wanted != Long.MAX_VALUE) {
          wanted--;
        }
      }
      if (chunk == null) {
        end(to, failure == null ? reader.failure() : failure);
      } else {
        hand(to, chunk);
      }
    }
  }

  private void hand(Flow.Subscriber<? super Object> to, ChunkQueue.Chunk chunk) {
    try {
      Object value = reader.value(chunk);
      guard(() -> to.onNext(value));
    } catch (RuntimeException e) { // It is not a value of the type.
      cancel();
      end(to, e);
    }
    if (subscriber() == null) {
      chunk.refuse(ChunkQueue.CLOSED); // The Worker learns at once that it was cancelled.
    } else {
      chunk.read();
    }
  }

  private void end(Flow.Subscriber<? super Object> to, @Nullable Exception failure) {
    chunks.close();
    guard(
        () -> {
          if (failure == null) {
            to.onComplete();
          } else {
            to.onError(failure);
          }
        });
  }

  /** A subscriber that throws, which it must not, gets nothing more. */
  private void guard(Runnable signal) {
    try {
      signal.run();
    } catch (Throwable e) {
      cancel();
      LOGGER.warn("a subscriber to a stream of the Worker threw, and gets nothing more", e);
    }
  }
}
