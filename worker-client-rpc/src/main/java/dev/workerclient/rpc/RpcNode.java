package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A call or a property, of the Worker itself or of what another call returns; each is equal to
 * itself alone. Immutable, but for whether, and where, it was sent. Thread-safe.
 */
final class RpcNode {
  /** The step of a call that names no method. */
  private static final Object ITSELF = new Object();

  /** The Worker, or the Durable Object. */
  static final RpcNode MAIN = new RpcNode(null, "", null, true);

  private final @Nullable RpcNode parent;

  /** A name, or the index in an array. */
  private final Object step;

  private final @Nullable List<JsonNode> arguments;
  private final boolean idempotent;
  private final AtomicBoolean sent = new AtomicBoolean();

  /** Where a session has it; null until it is sent there, and for those of batches. */
  private volatile @Nullable Import at;

  private RpcNode(
      @Nullable RpcNode parent,
      Object step,
      @Nullable List<JsonNode> arguments,
      boolean idempotent) {
    this.parent = parent;
    this.step = step;
    this.arguments = arguments;
    this.idempotent = idempotent;
  }

  /** What stands for something that has no place of its own yet. */
  static RpcNode root(String label, boolean mayRunTwice) {
    return new RpcNode(null, label, null, mayRunTwice);
  }

  /** What a session got from the Worker, or made there. */
  static RpcNode imported(String label, Import at) {
    RpcNode node = new RpcNode(null, label, null, true);
    node.at = at;
    return node;
  }

  @Nullable Import at() {
    return at;
  }

  void at(Import place) {
    at = place;
  }

  /** A call of what it stands for itself, a function. */
  RpcNode invoke(List<JsonNode> withArguments, boolean mayRunTwice) {
    return new RpcNode(this, ITSELF, withArguments, mayRunTwice);
  }

  RpcNode call(String name, List<JsonNode> withArguments, boolean mayRunTwice) {
    return new RpcNode(this, name, withArguments, mayRunTwice);
  }

  RpcNode property(Object name) {
    return new RpcNode(this, name, null, true);
  }

  boolean isCall() {
    return arguments != null;
  }

  boolean isIdempotent() {
    return idempotent;
  }

  /** Whether it can be sent: always if it is idempotent, else once. */
  boolean isSendable() {
    return idempotent || !sent.get();
  }

  /** Notes that it is sent, and returns whether it may be. */
  boolean claim() {
    return idempotent || sent.compareAndSet(false, true);
  }

  /** Notes that it was not sent after all. */
  void release() {
    sent.set(false);
  }

  IllegalStateException sentAlready() {
    return new IllegalStateException(
        label()
            + " was sent already, and this would run it again; make all calls on its result in one"
            + " Rpc.batch(…), use the value that join() returned, or mark the method @Idempotent if"
            + " it may run twice");
  }

  List<JsonNode> arguments() {
    return arguments == null ? List.of() : arguments;
  }

  /** The call or the main object that the path begins at: this node, where it is one. */
  RpcNode origin() {
    return isCall() || parent == null ? this : parent.origin();
  }

  /** The call or main object that it is made on. */
  RpcNode subject() {
    return parent == null ? this : parent.origin();
  }

  /**
   * The properties from {@link #origin} to here; for a call, from {@link #subject} and its name.
   */
  List<Object> path() {
    List<Object> path = new ArrayList<>(2);
    for (RpcNode node = this; node != null && node.parent != null; node = node.parent) {
      if (node != this && node.isCall()) {
        break;
      }
      if (node.step != ITSELF) {
        path.add(node.step);
      }
    }
    Collections.reverse(path);
    return path;
  }

  /** For a person: {@code account.profile}. */
  String label() {
    String before = parent == null ? "" : parent.label();
    if (step == ITSELF) {
      return before;
    }
    return before.isEmpty() ? String.valueOf(step) : before + "." + step;
  }
}
