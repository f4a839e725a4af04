package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Something of ours that the Worker can name. */
sealed interface Export {
  /** What it can call, or read properties of. */
  sealed interface Source extends Export {
    /**
     * Does that with the value, when it is there, after what was to be done before. Called by the
     * reader's thread.
     */
    void then(BiConsumer<JsonNode, @Nullable Throwable> next);
  }

  /** An object that it was given. */
  record Given(LocalObject object) implements Source {
    @Override
    public void then(BiConsumer<JsonNode, @Nullable Throwable> next) {
      next.accept(JsonNodeFactory.instance.pojoNode(object), null);
    }
  }

  /** What a call of its returned, or will; with the objects in it. */
  final class Result implements Source {
    final CompletableFuture<JsonNode> value = new CompletableFuture<>();
    private volatile CompletableFuture<JsonNode> last =
        value.whenComplete((tree, failure) -> LocalObject.find(tree, LocalObject::hold));

    @Override
    public void then(BiConsumer<JsonNode, @Nullable Throwable> next) {
      last = last.whenComplete(next);
    }

    /** Hands the value over by that executor. */
    void send(BiConsumer<JsonNode, @Nullable Throwable> to, Executor executor) {
      CompletableFuture<JsonNode> unused = last.whenCompleteAsync(to, executor);
    }
  }

  /**
   * A stream that it writes: into a pipe that it made, whose readable end is taken once, or into
   * what it was given.
   */
  record Written(StreamEnd end, AtomicBoolean taken) implements Export {}
}
