package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A value that arrives: first the value itself, then those of the promises that stand in it. Filled
 * by the reader's thread alone; whole once {@link #done} is completed, and then read by one thread.
 */
final class Inbound {
  /** The key of the value itself; a promise has a negative id. */
  static final int ITSELF = 0;

  /** Completed with this, or exceptionally with a {@link SessionEnd}. */
  final CompletableFuture<Inbound> done = new CompletableFuture<>();

  /**
   * Whether the Worker may drop the value as soon as it was sent; guarded by the session's lock.
   */
  boolean releasedAtOnce;

  /** What it refers to of what our objects return, by the place. */
  private @Nullable IdentityHashMap<JsonNode, CompletableFuture<JsonNode>> references;

  /** The ids of our objects that its call gives the Worker. */
  Set<Long> given = Set.of();

  /** Where in the stream of sent bytes its call begins. */
  long position;

  private final Map<Long, Part> parts = new HashMap<>(2);

  // What of ours stands in it, found as it arrives, since a release may be right behind.
  private final Map<Long, LocalObject> objects = new HashMap<>(0);
  private final Map<Long, ChunkQueue> streams = new HashMap<>(0);
  private int missing = 1;
  private long size;

  /** Whether nobody waits any more. */
  private volatile boolean abandoned;

  /**
   * One value of it.
   *
   * @param value null if it can't be read
   */
  record Part(boolean rejected, @Nullable JsonNode value) {}

  Inbound(boolean releasedAtOnce) {
    this.releasedAtOnce = releasedAtOnce;
  }

  /**
   * Adds a part that has so many characters, and returns the promises that it waits for now.
   *
   * @param exports what the part may name
   */
  List<Long> add(
      long id, boolean rejected, @Nullable JsonNode value, int characters, Exports exports) {
    parts.put(id, new Part(rejected, value));
    size += characters;
    missing--;
    List<Long> promises = new ArrayList<>(0);
    if (value != null) {
      scan(
          value,
          (form, each, at) -> {
            if (form.equals("promise")) {
              promises.add(each);
            } else {
              Object named = exports.named(form, each);
              if (named instanceof ChunkQueue stream) {
                streams.put(each, stream);
              } else if (named instanceof LocalObject object) {
                objects.put(each, object);
              }
            }
          });
      missing += promises.size();
    }
    return promises;
  }

  /** Whether the value itself is what was thrown. */
  boolean isRejected() {
    Part part = parts.get((long) ITSELF);
    return part != null && part.rejected();
  }

  boolean isWhole() {
    return missing == 0;
  }

  /** Notes what it refers to. */
  void references(IdentityHashMap<JsonNode, CompletableFuture<JsonNode>> found) {
    references = found;
  }

  /** What the expression at that place refers to, once this is ready; null if to nothing. */
  @Nullable JsonNode reference(JsonNode expression) {
    CompletableFuture<JsonNode> value = references == null ? null : references.get(expression);
    return value == null ? null : value.join();
  }

  /** Completed as {@link #done}, and then with what it refers to. */
  CompletableFuture<Inbound> ready() {
    return references == null
        ? done
        : done.thenCombine(
            CompletableFuture.allOf(references.values().toArray(CompletableFuture[]::new)),
            (whole, all) -> whole);
  }

  /** How many characters the messages have that it is made of. */
  long size() {
    return size;
  }

  void abandon() {
    abandoned = true;
  }

  boolean isAbandoned() {
    return abandoned;
  }

  /** Takes a part out: each is good for one place, so that none can multiply. */
  @Nullable Part take(long id) {
    return parts.remove(id);
  }

  /** The object of ours that it names by that id; null if there is none. */
  @Nullable LocalObject object(long id) {
    return objects.get(id);
  }

  /** The stream that it names by that id, once; null if there is none. */
  @Nullable ChunkQueue takeStream(long id) {
    return streams.remove(id);
  }

  /** Takes a form that names one of the sender's objects, or of the receiver's. */
  @FunctionalInterface
  interface Found {
    void found(String form, long id, JsonNode at);
  }

  /** Closes the streams that were not taken, and finds what the Worker keeps for such parts. */
  void drop(Found found) {
    streams.values().forEach(ChunkQueue::close);
    streams.clear();
    parts.values().forEach(part -> scan(part.value(), found));
    parts.clear();
  }

  /** Finds the forms that name one of the sender's objects: {@code ["export",-1]} and the like. */
  static void scan(@Nullable JsonNode expression, Found found) {
    if (expression == null || !expression.isContainerNode()) {
      return;
    }
    JsonNode tag = expression.path(0);
    if (expression.isObject()) {
      expression.forEach(each -> scan(each, found));
    } else if (tag.isArray()) {
      tag.forEach(each -> scan(each, found));
    } else {
      switch (tag.asText()) {
        case "export", "promise", "writable", "readable", "import", "pipeline" -> {
          if (expression.path(1).isIntegralNumber()) {
            found.found(tag.textValue(), expression.get(1).longValue(), expression);
          }
        }
        case "error" -> expression.path(4).forEach(each -> scan(each, found));
        case "blob" -> scan(expression.path(2), found);
        case "request" -> scan(expression.path(2).path("body"), found);
        case "response" -> scan(expression.path(1), found);
        default -> {
          // Data.
        }
      }
    }
  }
}
