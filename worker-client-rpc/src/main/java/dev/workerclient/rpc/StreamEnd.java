package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the Worker writes a stream into. Thread-safe. */
interface StreamEnd {
  /** The most bytes that wait: more than capnweb's window grows to on a fast network. */
  int MOST_WAITING = 64 << 20;

  /**
   * Does what the Worker calls, {@code write}, {@code close} or {@code abort}, without waiting.
   *
   * @param argument its first, or a missing node; an embedded exception if it can't be read
   * @param characters how long its message is
   * @param done completed when it was taken, so that the Worker sends more
   */
  void call(String method, JsonNode argument, int characters, CompletableFuture<JsonNode> done);

  /** The Worker lets go of it, or the session ended: without a close, that is a failure. */
  void released(String why);

  /** The bytes of a chunk; null if it is neither bytes nor text. */
  static byte @Nullable [] bytes(JsonNode chunk) {
    try {
      return chunk.isTextual()
          ? chunk.textValue().getBytes(StandardCharsets.UTF_8)
          : chunk.isBinary() ? chunk.binaryValue() : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Tells the Worker that it was not taken. */
  static void refuse(CompletableFuture<JsonNode> done, @Nullable String why) {
    done.completeExceptionally(new FailedException("Error", why));
  }
}
