package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.workerclient.internal.rpc.ServedSessions;
import dev.workerclient.internal.rpc.Undefined;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what a Worker asks of our objects, and of what they returned: calls, and properties. Code of
 * the application runs in the lane of its object. Thread-safe.
 */
final class LocalCalls {
  static final JsonNode UNDEFINED = JsonNodeFactory.instance.pojoNode(Undefined.UNDEFINED);

  private final Lanes lanes;
  private final Function<Throwable, FailedException> failures;
  private final ServedSessions.Seen seen;

  /**
   * Makes it.
   *
   * @param failures what the Worker is told of a call that failed
   */
  LocalCalls(Lanes lanes, Function<Throwable, FailedException> failures) {
    this(lanes, failures, (method, arguments) -> {});
  }

  /**
   * Makes it.
   *
   * @param seen is told of each call
   */
  LocalCalls(Lanes lanes, Function<Throwable, FailedException> failures, ServedSessions.Seen seen) {
    this.lanes = lanes;
    this.failures = failures;
    this.seen = seen;
  }

  /** Completes the future with the property at the end of that path, which may be empty. */
  void read(
      SessionCaller caller, JsonNode from, List<JsonNode> path, CompletableFuture<JsonNode> value) {
    CompletableFuture<JsonNode> unused =
        walk(caller, from, path).whenComplete((tree, failure) -> settle(value, tree, failure));
  }

  /** Completes the future with what the function or method at the end of that path returns. */
  void call(
      SessionCaller caller,
      JsonNode from,
      List<JsonNode> path,
      Inbound arguments,
      int characters,
      CompletableFuture<JsonNode> value) {
    int last = path.size() - 1;
    CompletableFuture<JsonNode> unused =
        walk(caller, from, path.subList(0, Math.max(0, last)))
            .whenComplete(
                (owner, failure) -> {
                  Called called = failure == null ? called(owner, path) : null;
                  if (failure != null) {
                    refuse(caller, arguments, value, failure);
                  } else if (called == null) {
                    String name = String.join(".", path.stream().map(JsonNode::asText).toList());
                    refuse(caller, arguments, value, notFunction(name));
                  } else {
                    call(caller, called, arguments, characters, value);
                  }
                });
  }

  /**
   * A function or a method.
   *
   * @param name null for a function
   */
  private record Called(LocalObject object, @Nullable String name) {}

  private static @Nullable Called called(JsonNode owner, List<JsonNode> path) {
    LocalObject object = LocalObject.of(owner);
    if (path.isEmpty()) {
      return object != null && object.model().isFunction() ? new Called(object, null) : null;
    }
    JsonNode name = path.get(path.size() - 1);
    if (object == null) {
      return called(step(owner, name), List.of());
    }
    return object.model().isFunction() ? null : new Called(object, name.asText());
  }

  private void call(
      SessionCaller caller,
      Called called,
      Inbound arguments,
      int characters,
      CompletableFuture<JsonNode> value) {
    CompletableFuture<Inbound> unused =
        arguments
            .ready()
            .whenComplete(
                (whole, failure) -> {
                  if (failure != null) {
                    refuse(caller, arguments, value, failure);
                    return;
                  }
                  boolean taken =
                      submit(
                          called.object,
                          characters,
                          () -> LocalCall.run(caller, called.object, called.name, whole, seen),
                          value);
                  if (!taken) {
                    refuse(caller, arguments, value, tooMany());
                  }
                });
  }

  private CompletableFuture<JsonNode> walk(
      SessionCaller caller, JsonNode from, List<JsonNode> path) {
    JsonNode at = from;
    for (int i = 0; i < path.size(); i++) {
      LocalObject object = LocalObject.of(at);
      if (object != null) {
        List<JsonNode> rest = path.subList(i + 1, path.size());
        return property(caller, object, path.get(i).asText())
            .thenCompose(next -> walk(caller, next, rest));
      }
      at = step(at, path.get(i));
    }
    return CompletableFuture.completedFuture(at);
  }

  private static JsonNode step(JsonNode at, JsonNode step) {
    JsonNode next = step.isInt() ? at.path(step.intValue()) : at.path(step.asText());
    return next.isMissingNode() ? UNDEFINED : next;
  }

  private CompletableFuture<JsonNode> property(
      SessionCaller caller, LocalObject object, String name) {
    CompletableFuture<JsonNode> value = new CompletableFuture<>();
    if (!submit(object, 0, () -> LocalCall.read(caller, object, name, seen), value)) {
      value.completeExceptionally(tooMany());
    }
    return value;
  }

  private boolean submit(
      LocalObject object,
      int characters,
      Supplier<CompletableFuture<JsonNode>> task,
      CompletableFuture<JsonNode> value) {
    return lanes.submit(
        object.lane(),
        characters,
        () -> {
          CompletableFuture<JsonNode> unused =
              task.get().whenComplete((tree, failure) -> settle(value, tree, failure));
        });
  }

  private void settle(
      CompletableFuture<JsonNode> value, @Nullable JsonNode tree, @Nullable Throwable failure) {
    if (failure == null) {
      value.complete(tree);
    } else {
      value.completeExceptionally(failures.apply(failure));
    }
  }

  /** The arguments are for nobody. */
  void refuse(
      SessionCaller caller,
      Inbound arguments,
      CompletableFuture<JsonNode> value,
      Throwable failure) {
    CompletableFuture<Inbound> unused =
        arguments.done.whenComplete(
            (whole, ended) -> {
              if (whole != null) {
                caller.session().drop(whole);
              }
            });
    settle(value, null, failure);
  }

  private static FailedException notFunction(String name) {
    return new FailedException("TypeError", "'" + name + "' is not a function.");
  }

  private static FailedException tooMany() {
    return new FailedException("Error", "too many calls wait at this client");
  }

  /** An object whose interface can be closed is, when nothing holds it, after its calls. */
  void letGo(LocalObject object) {
    if (object.letGo()
        && object.model().isCloseable()
        && object.target() instanceof AutoCloseable closeable) {
      boolean unused =
          lanes.submit(
              object.lane(),
              0,
              () -> {
                try {
                  closeable.close();
                } catch (Exception e) {
                  // The Worker does not wait for it, and it is the application's own.
                }
              });
    }
  }

  /** Drops what waits. */
  void clear() {
    lanes.clear();
  }
}
