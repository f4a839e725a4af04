package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.workerclient.internal.rpc.ExpressionWriter;
import dev.workerclient.internal.rpc.ExpressionWriter.References;
import java.io.IOException;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Writes a call or a property as the expression that makes it at the Worker. Used by one thread.
 */
final class CallExpression {
  private final JsonGenerator out;
  private final ToLongFunction<RpcNode> ids;
  private final ExpressionWriter values;

  /**
   * Makes it.
   *
   * @param ids the id of a call that was sent, or of an object that was received
   */
  CallExpression(JsonGenerator out, ToLongFunction<RpcNode> ids) {
    this(
        out,
        ids,
        (value, generator) -> {
          throw new IllegalArgumentException(
              "an RPC argument holds a " + value.getClass().getName() + ", which has no form");
        });
  }

  /**
   * Makes it.
   *
   * @param others writes what is neither data nor what another call returns
   */
  CallExpression(JsonGenerator out, ToLongFunction<RpcNode> ids, References others) {
    this.out = out;
    this.ids = ids;
    this.values =
        new ExpressionWriter(
            out,
            (value, generator) -> {
              RpcNode node = dev.workerclient.rpc.References.node(value);
              if (node == null) {
                others.write(value, generator);
              } else {
                write(node, node.origin());
              }
            });
  }

  /** Writes what makes the call, or reads the property. */
  void write(RpcNode node) throws IOException {
    write(node, node.isCall() ? node.subject() : node.origin());
  }

  /** Writes what leads to what is there already, or to a property of it. */
  void reference(RpcNode node) throws IOException {
    write(node, node.origin());
  }

  /** The id of what a call is made on. */
  long id(RpcNode node) {
    return ids.applyAsLong(node);
  }

  /** Writes an argument, or a result. */
  void value(JsonNode tree) throws IOException {
    values.write(tree);
  }

  private void write(RpcNode node, RpcNode from) throws IOException {
    boolean calls = node.isCall() && node != from;
    List<Object> path = node == from ? List.of() : node.path();
    long id = ids.applyAsLong(from);
    out.writeStartArray();
    // An object that the Worker sent is one already; what a call returns is waited for.
    out.writeString(id < 0 && path.isEmpty() && !calls ? "import" : "pipeline");
    out.writeNumber(id);
    if (!path.isEmpty() || calls) {
      out.writeStartArray();
      for (Object step : path) {
        out.writeObject(step);
      }
      out.writeEndArray();
    }
    if (calls) {
      out.writeStartArray();
      for (JsonNode argument : node.arguments()) {
        values.write(argument);
      }
      out.writeEndArray();
    }
    out.writeEndArray();
  }
}
