package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.workerclient.internal.rpc.ExpressionWriter;
import dev.workerclient.internal.rpc.MessageText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the lines of one batch: a push for each call, and a pull for each result that is wanted. A
 * call that nothing else builds on is pulled in any case, since the server loses it otherwise. Not
 * thread-safe.
 */
final class BatchWriter {
  private final List<String> lines = new ArrayList<>();
  private final Map<RpcNode, Integer> ids = new HashMap<>();
  private final Map<RpcNode, Integer> pulled = new HashMap<>();
  private final Map<Integer, RpcNode> unused = new LinkedHashMap<>();
  private final Set<String> labels = new LinkedHashSet<>();
  private boolean idempotent = true;
  private int lastId;

  /**
   * Sends a call, after those that it builds on; once.
   *
   * @throws IllegalStateException if another batch sent it, or one that it builds on
   */
  void push(RpcNode call) {
    if (call == RpcNode.MAIN || ids.containsKey(call)) {
      return;
    }
    if (!call.isSendable()) {
      throw call.sentAlready();
    }
    List<RpcNode> builtOn = new ArrayList<>();
    builtOn.add(call.subject());
    call.arguments().forEach(argument -> addReferences(argument, builtOn));
    builtOn.forEach(this::push);
    send(call); // Or throws: then nothing is built on them, and they are still to be pulled.
    builtOn.forEach(node -> unused.remove(id(node)));
    labels.add(call.label());
    idempotent &= call.isIdempotent();
    unused.put(lastId, call);
  }

  /** Asks for a result; once. */
  void pull(RpcNode node) {
    if (pulled.containsKey(node)) {
      return;
    }
    if (node.isCall()) {
      push(node);
    } else {
      use(node.origin());
      send(node);
      labels.add(node.label());
    }
    int id = id(node);
    unused.remove(id);
    pulled.put(node, id);
    lines.add(MessageText.of("pull", out -> out.writeNumber(id)));
  }

  /** Asks for what nobody asked for and nothing builds on. */
  void pullTheRest() {
    List.copyOf(unused.values()).forEach(this::pull);
  }

  /** The ids of the results that were asked for. */
  Map<RpcNode, Integer> pulled() {
    return pulled;
  }

  /** The calls that it makes. */
  List<RpcNode> calls() {
    return ids.keySet().stream().filter(RpcNode::isCall).toList();
  }

  boolean isEmpty() {
    return lastId == 0;
  }

  boolean isIdempotent() {
    return idempotent;
  }

  /** What is called, without repeats. */
  Set<String> labels() {
    return labels;
  }

  String text() {
    return String.join("\n", lines);
  }

  private void use(RpcNode call) {
    push(call);
    unused.remove(id(call));
  }

  private static void addReferences(JsonNode tree, List<RpcNode> nodes) {
    if (tree instanceof POJONode embedded) {
      RpcNode node = References.node(embedded.getPojo());
      if (node != null) {
        nodes.add(node.origin());
      }
    }
    tree.forEach(child -> addReferences(child, nodes));
  }

  private int id(RpcNode node) {
    return node == RpcNode.MAIN ? 0 : ids.getOrDefault(node, 0);
  }

  private void send(RpcNode node) {
    RpcNode from = node.isCall() ? node.subject() : node.origin();
    lines.add(MessageText.of("push", out -> expression(node, from, out)));
    ids.put(node, ++lastId);
  }

  /** Writes how to get there, and the arguments of a call. */
  private void expression(RpcNode node, RpcNode from, JsonGenerator out) throws IOException {
    List<Object> path = node == from ? List.of() : node.path();
    out.writeStartArray();
    out.writeString("pipeline");
    out.writeNumber(id(from));
    if (!path.isEmpty()) {
      out.writeStartArray();
      for (Object step : path) {
        out.writeObject(step);
      }
      out.writeEndArray();
    }
    if (node.isCall() && node != from) {
      ExpressionWriter values = new ExpressionWriter(out, this::reference);
      out.writeStartArray();
      for (JsonNode argument : node.arguments()) {
        values.write(argument);
      }
      out.writeEndArray();
    }
    out.writeEndArray();
  }

  private void reference(Object value, JsonGenerator out) throws IOException {
    RpcNode node = References.node(value);
    if (node == null) {
      throw new IllegalArgumentException(
          "an RPC argument holds a " + value.getClass().getName() + ", which has no form");
    }
    expression(node, node.origin(), out);
  }
}
