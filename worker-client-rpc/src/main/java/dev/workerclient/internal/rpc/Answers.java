package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered to a batch: for each id what it resolved or rejected. Used by one thread.
 */
public final class Answers {
  private final Map<Integer, Settled> settled = new HashMap<>();
  private final ExpressionReader reader = new ExpressionReader(this::promised);

  private Answers() {}

  /**
   * Reads the answer of a batch. A message that can't be read says so when its result is asked for.
   *
   * @throws ProtocolException if it is not the answer of a batch, or the server aborted it
   */
  public static Answers read(String body) throws ProtocolException {
    Answers answers = new Answers();
    int start = 0;
    while (start < body.length()) {
      int end = body.indexOf('\n', start);
      String line = body.substring(start, end < 0 ? body.length() : end);
      if (!line.isBlank()) {
        answers.take(line);
      }
      start += line.length() + 1;
    }
    return answers;
  }

  /** Reads the head of a message before its value: what can't be read is one call's value then. */
  private void take(String line) throws ProtocolException {
    String kind = null;
    int id = 0;
    JsonNode value = null;
    try (JsonParser in = RpcJson.READER.createParser(line)) {
      if (in.nextToken() == JsonToken.START_ARRAY) {
        kind = in.nextTextValue();
      }
      if (kind != null && in.nextToken() == JsonToken.VALUE_NUMBER_INT) {
        id = in.getIntValue();
        value = isSettlement(kind) ? value(in) : null;
      }
    } catch (IOException e) {
      // What follows can't be read.
    }
    if (kind == null) {
      throw new ProtocolException("a line of it is not a message");
    }
    if (kind.equals("abort")) {
      throw new ProtocolException("the server aborted the batch");
    }
    // Other messages are of streams, or let go of what this batch ends anyway.
    if (id != 0 && isSettlement(kind)) {
      boolean twice = settled.containsKey(id);
      settled.put(id, new Settled(kind.equals("reject"), twice ? null : value));
    }
  }

  private static boolean isSettlement(String kind) {
    return kind.equals("resolve") || kind.equals("reject");
  }

  /** The value of a message, which must be the last of it; null if it is not. */
  private static @Nullable JsonNode value(JsonParser in) throws IOException {
    JsonNode value =
        in.nextToken() == JsonToken.VALUE_STRING ? text(in) : RpcJson.READER.readTree(in);
    boolean last = in.nextToken() == JsonToken.END_ARRAY && in.nextToken() == null;
    return last ? value : null;
  }

  /** Most results are small; a reader of trees costs more than this one. */
  private static JsonNode text(JsonParser in) throws IOException {
    return TextNode.valueOf(in.getText());
  }

  /** Whether the call of that id was rejected; null if the answer does not settle it. */
  public @Nullable Boolean isRejected(int id) {
    Settled message = settled.get(id);
    return message == null ? null : message.rejected();
  }

  /**
   * Returns the value of a call that was resolved; asked for once.
   *
   * @throws ProtocolException if it is not data
   */
  public JsonNode value(int id) throws ProtocolException {
    return reader.read(expression(settled.get(id)), 0);
  }

  /** Returns what a call was rejected with; asked for once. */
  public RemoteError error(int id) {
    return error(settled.get(id), 0);
  }

  private RemoteError error(@Nullable Settled message, int depth) {
    try {
      return RemoteError.of(expression(message), reader, depth);
    } catch (ProtocolException e) {
      return RemoteError.unreadable(e);
    }
  }

  private static JsonNode expression(@Nullable Settled message) throws ProtocolException {
    if (message == null || message.value() == null) {
      throw new ProtocolException(
          "its message is not valid JSON, is too deep, holds a string, number or name that is too long, or"
              + " came twice");
    }
    return message.value();
  }

  /** A promise inside a value: each is good for one place, so that none can multiply. */
  private JsonNode promised(int id, int depth) throws ProtocolException {
    Settled message = id < 0 ? settled.remove(id) : null;
    if (message == null) {
      throw new ProtocolException("it holds a promise that the answer does not settle");
    }
    if (message.rejected()) {
      throw new RejectedPromiseException(error(message, depth + 1));
    }
    return reader.read(expression(message), depth + 1);
  }

  /** How a call ended; the value is null if it can't be read. */
  private record Settled(boolean rejected, @Nullable JsonNode value) {}
}
