package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An object of the application that a Worker may call, by the methods of an interface alone. Each
 * id and each result that stands for it holds it. Thread-safe.
 */
final class LocalObject {
  private final InterfaceModel model;
  private final Object target;
  private final Lanes.Lane lane = new Lanes.Lane();
  private final AtomicInteger holders = new AtomicInteger();

  /** Makes it; nothing holds it yet. */
  LocalObject(InterfaceModel model, Object target) {
    this.model = model;
    this.target = target;
  }

  InterfaceModel model() {
    return model;
  }

  Object target() {
    return target;
  }

  /** Its calls, under whatever id they come. */
  Lanes.Lane lane() {
    return lane;
  }

  void hold() {
    holders.incrementAndGet();
  }

  /** Returns whether nothing holds it any more. */
  boolean letGo() {
    return holders.decrementAndGet() == 0;
  }

  /** The object that a tree is; null if it is something else. */
  static @Nullable LocalObject of(JsonNode tree) {
    return tree instanceof POJONode node && node.getPojo() instanceof LocalObject own ? own : null;
  }

  /** Finds the objects in a tree. */
  static void find(@Nullable JsonNode tree, Consumer<LocalObject> found) {
    if (tree == null) {
      return;
    }
    LocalObject own = of(tree);
    if (own != null) {
      found.accept(own);
    }
    tree.forEach(each -> find(each, found));
  }
}
