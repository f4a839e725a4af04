package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.workerclient.internal.rpc.MessageText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Writes the lines of one batch: a push for each call, and a pull for each result that is wanted. A
 * call that nothing else builds on is pulled in any case, since the server loses it otherwise. Not
 * thread-safe.
 */
final class BatchWriter {
  private final StringBuilder text = new StringBuilder(100);
  private final Map<RpcNode, Pushed> pushed = new LinkedHashMap<>();
  private boolean idempotent = true;

  /** What was pushed. */
  private static final class Pushed {
    final int id;
    boolean builtOn;
    boolean pulled;

    Pushed(int id) {
      this.id = id;
    }
  }

  /**
   * Sends a call, after those that it builds on; once.
   *
   * @throws IllegalStateException if another batch sent it, or one that it builds on
   */
  void push(RpcNode call) {
    if (call == RpcNode.MAIN || pushed.containsKey(call)) {
      return;
    }
    if (!call.isSendable()) {
      throw call.sentAlready();
    }
    List<RpcNode> builtOn = builtOn(call);
    builtOn.forEach(this::push);
    send(call); // Or throws: then nothing is built on them, and they are still to be pulled.
    builtOn.forEach(this::noteBuiltOn);
    idempotent &= call.isIdempotent();
  }

  /** Asks for a result; once. */
  void pull(RpcNode node) {
    if (node.isCall()) {
      push(node);
    } else if (!pushed.containsKey(node)) {
      push(node.origin());
      noteBuiltOn(node.origin());
      send(node);
    }
    Pushed wanted = pushed.get(node);
    if (wanted != null && !wanted.pulled) {
      wanted.pulled = true;
      add("[\"pull\"," + wanted.id + "]");
    }
  }

  /** Asks for what nobody asked for and nothing builds on. */
  void pullTheRest() {
    pushed.forEach(
        (node, each) -> {
          if (!each.pulled && !each.builtOn) {
            pull(node);
          }
        });
  }

  /** The id of a result that was asked for; 0 if it was not. */
  int pulledId(RpcNode node) {
    Pushed wanted = pushed.get(node);
    return wanted != null && wanted.pulled ? wanted.id : 0;
  }

  /** Whether that holds for the id of one of the results that were asked for. */
  boolean isAnyPulled(IntPredicate holds) {
    for (Pushed each : pushed.values()) {
      if (each.pulled && holds.test(each.id)) {
        return true;
      }
    }
    return false;
  }

  /** The calls that it makes. */
  List<RpcNode> calls() {
    List<RpcNode> calls = new ArrayList<>(pushed.size());
    for (RpcNode node : pushed.keySet()) {
      if (node.isCall()) {
        calls.add(node);
      }
    }
    return calls;
  }

  boolean isEmpty() {
    return pushed.isEmpty();
  }

  boolean isIdempotent() {
    return idempotent;
  }

  /** What is called, without repeats. */
  List<String> labels() {
    if (pushed.size() == 1) {
      return List.of(pushed.keySet().iterator().next().label());
    }
    Set<String> labels = new LinkedHashSet<>();
    for (RpcNode node : pushed.keySet()) {
      labels.add(node.label());
    }
    return List.copyOf(labels);
  }

  String text() {
    return text.toString();
  }

  /** The calls whose results it needs. */
  private static List<RpcNode> builtOn(RpcNode call) {
    List<RpcNode> nodes = new ArrayList<>(0); // Most need none.
    if (call.subject() != RpcNode.MAIN) {
      nodes.add(call.subject());
    }
    for (JsonNode argument : call.arguments()) {
      addReferences(argument, nodes);
    }
    return nodes;
  }

  private void noteBuiltOn(RpcNode call) {
    Pushed each = pushed.get(call);
    if (each != null) {
      each.builtOn = true;
    }
  }

  private static void addReferences(JsonNode tree, List<RpcNode> nodes) {
    if (tree instanceof POJONode embedded) {
      RpcNode node = References.node(embedded.getPojo());
      if (node != null) {
        nodes.add(node.origin());
      }
    }
    for (JsonNode child : tree) {
      addReferences(child, nodes);
    }
  }

  private long id(RpcNode node) {
    Pushed each = node == RpcNode.MAIN ? null : pushed.get(node);
    return each == null ? 0 : each.id;
  }

  private void send(RpcNode node) {
    add(MessageText.of("push", out -> new CallExpression(out, this::id).write(node)));
    pushed.put(node, new Pushed(pushed.size() + 1));
  }

  private void add(String line) {
    if (!text.isEmpty()) {
      text.append('\n');
    }
    text.append(line);
  }
}
