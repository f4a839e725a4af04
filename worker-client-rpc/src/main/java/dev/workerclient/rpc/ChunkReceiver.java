package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.workerclient.internal.rpc.ProtocolException;
import dev.workerclient.internal.rpc.RejectedPromiseException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Hands the chunks that a Worker writes to the ends of its streams. Thread-safe. */
final class ChunkReceiver {
  private static final long SOONEST_NANOS = 1_500_000;

  private final long mostUnread;
  private final AtomicLong unread = new AtomicLong();

  /**
   * Makes it.
   *
   * @param mostUnread how many characters the chunks of all streams may have that wait
   */
  ChunkReceiver(long mostUnread) {
    this.mostUnread = mostUnread;
  }

  /**
   * Takes a chunk, on the reader's thread: it is acknowledged when the application has taken it.
   */
  void write(
      SessionCaller caller,
      StreamEnd end,
      String method,
      Inbound arguments,
      int characters,
      CompletableFuture<JsonNode> done) {
    if (unread.addAndGet(characters) > mostUnread) {
      end.released("the streams of the session have more chunks that nobody reads than may wait");
    }
    CompletableFuture<JsonNode> unusedFuture =
        done.whenComplete((tree, failure) -> unread.addAndGet(-characters));
    end.call(method, read(caller, arguments), characters, notAtOnce(done));
  }

  /** The argument, or, as an embedded object, why it is not data. */
  private static JsonNode read(SessionCaller caller, Inbound arguments) {
    try {
      return Objects.requireNonNull(InboundReader.data(caller, arguments)).path(0);
    } catch (JsonProcessingException | RejectedPromiseException e) {
      return JsonNodeFactory.instance.pojoNode(new ProtocolException("it holds a promise"));
    } catch (ProtocolException e) {
      return JsonNodeFactory.instance.pojoNode(e);
    }
  }

  /**
   * Completes that future, but no sooner than the Worker's clock has moved on: with an answer
   * within the same millisecond, capnweb 0.5.0 to 0.12.0 takes its window to be NaN bytes, and
   * sends nothing any more.
   */
  private CompletableFuture<JsonNode> notAtOnce(CompletableFuture<JsonNode> done) {
    long due = System.nanoTime() + SOONEST_NANOS;
    CompletableFuture<JsonNode> taken = new CompletableFuture<>();
    CompletableFuture<JsonNode> unused =
        taken.whenComplete(
            (tree, failure) -> {
              long early = due - System.nanoTime();
              if (failure != null) {
                done.completeExceptionally(failure);
              } else if (early <= 0) {
                done.complete(tree);
              } else {
                CompletableFuture.delayedExecutor(early, TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(() -> done.complete(tree));
              }
            });
    return taken;
  }
}
