package dev.workerclient.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.workerclient.error.WorkerException;
import dev.workerclient.internal.rpc.ProtocolException;
import dev.workerclient.internal.rpc.RemoteError;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the chunks of a stream as values, and its end as an exception. Used by one thread. */
final class ChunkReader {
  private final ChunkQueue chunks;
  private final JavaType type;
  private final Session session;
  private final RpcFailures failures;

  ChunkReader(ChunkQueue chunks, JavaType type) {
    this.chunks = chunks;
    this.type = type;
    this.session = chunks.caller().session();
    this.failures = session.failures.answered(Session.STREAM);
  }

  /**
   * Returns the value of a chunk.
   *
   * @throws WorkerException if it is not of the type, or null
   */
  Object value(ChunkQueue.Chunk chunk) {
    if (chunk.tree() instanceof POJONode node && node.getPojo() instanceof ProtocolException e) {
      throw failures.notData(Session.STREAM, e);
    }
    try {
      Object value = References.live(chunk.tree(), type);
      if (value == null) {
        throw new JsonMappingException(null, "a chunk is null, which a subscriber can't get");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw failures.notOfType(Session.STREAM, type, e);
    }
  }

  /** Why the stream ended before its end; null if it did not. */
  @Nullable Exception failure() {
    String broken = chunks.broken();
    SessionEnd end = session.end();
    if (broken == null) {
      return null;
    }
    JsonNode error = chunks.error();
    if (error != null) {
      return failures.thrown(Session.STREAM, remote(error));
    }
    return end == null
        ? new IOException(broken)
        : session.failures.ended(Session.STREAM, end, false);
  }

  /** What the Worker aborted the stream with: an error, as data, or any other value. */
  private static RemoteError remote(JsonNode thrown) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    if (!thrown.path("message").isTextual()) {
      return new RemoteError("", thrown.isTextual() ? thrown.textValue() : "no Error", properties);
    }
    thrown.properties().forEach(each -> properties.set(each.getKey(), each.getValue()));
    JsonNode name = properties.remove("name");
    JsonNode message = properties.remove("message");
    return new RemoteError(name == null ? "" : name.asText(), message.asText(), properties);
  }
}
