package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.workerclient.internal.rpc.ProtocolException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Evaluates what a Worker pushes: calls of our objects and of what they returned, properties, and
 * chunks of streams. Used by the reader's thread.
 */
final class Evaluation {
  private final Exports exports;
  private final LocalCalls calls;
  private final ChunkReceiver chunks;

  /** Makes it, for what is exported there. */
  Evaluation(Exports exports, LocalCalls calls, ChunkReceiver chunks) {
    this.exports = exports;
    this.calls = calls;
    this.chunks = chunks;
  }

  /**
   * Completes the future with what that brings, some time.
   *
   * @throws ProtocolException if it names what is not there, or there is too much
   */
  void evaluate(JsonNode expression, CompletableFuture<JsonNode> value, int characters)
      throws ProtocolException {
    Export target =
        expression.path(1).isIntegralNumber() ? exports.get(expression.get(1).asLong()) : null;
    if (target == null) {
      throw new ProtocolException("a call names an object that was released, or never given");
    }
    List<JsonNode> path = new ArrayList<>(1);
    expression.path(2).forEach(path::add);
    JsonNode arguments = expression.get(3);
    if (arguments != null && arguments.isArray()) {
      call(target, path, arguments, value, characters);
    } else if (target instanceof Export.Source source) {
      read(source, path, value);
    } else {
      value.completeExceptionally(new FailedException("TypeError", "a stream has no properties"));
    }
  }

  private void call(
      Export target,
      List<JsonNode> path,
      JsonNode arguments,
      CompletableFuture<JsonNode> value,
      int characters)
      throws ProtocolException {
    JsonNode whole = JsonNodeFactory.instance.arrayNode().add(arguments);
    IdentityHashMap<JsonNode, CompletableFuture<JsonNode>> references =
        exports.serves() ? references(whole) : null;
    Inbound inbound = exports.caller().session().receive(whole, characters);
    if (references != null) {
      inbound.references(references);
    }
    if (target instanceof Export.Written stream) {
      String method = String.join(".", path.stream().map(JsonNode::asText).toList());
      chunks.write(exports.caller(), stream.end(), method, inbound, characters, value);
    } else if (target instanceof Export.Source source) {
      source.then(
          (from, failure) -> {
            if (failure == null) {
              calls.call(exports.caller(), from, path, inbound, characters, value);
            } else {
              calls.refuse(exports.caller(), inbound, value, failure);
            }
          });
    }
  }

  private void read(Export.Source source, List<JsonNode> path, CompletableFuture<JsonNode> value) {
    source.then(
        (from, failure) -> {
          if (failure == null) {
            calls.read(exports.caller(), from, path, value);
          } else {
            value.completeExceptionally(failure);
          }
        });
  }

  /**
   * What arguments refer to of what our objects return, by the place. Of a Worker none is taken,
   * since a result that stands in many places multiplies.
   */
  private IdentityHashMap<JsonNode, CompletableFuture<JsonNode>> references(JsonNode arguments) {
    IdentityHashMap<JsonNode, CompletableFuture<JsonNode>> found = new IdentityHashMap<>(0);
    Inbound.scan(
        arguments,
        (form, id, at) -> {
          boolean property = at.path(2).isArray() && at.size() == 3;
          if (form.equals("pipeline")
              && exports.get(id) instanceof Export.Source source
              && (property || (source instanceof Export.Result && at.size() == 2))) {
            CompletableFuture<JsonNode> value = new CompletableFuture<>();
            List<JsonNode> path = new ArrayList<>(1);
            at.path(2).forEach(path::add);
            read(source, path, value);
            found.put(at, value);
          }
        });
    return found;
  }
}
