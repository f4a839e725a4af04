package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered to a batch: for each id what it resolved or rejected. Used by one thread.
 */
public final class Answers {
  /** Twice as deep as values may be, since arrays are escaped. */
  private static final int DEEPEST = 1024;

  private static final ObjectReader JSON =
      new JsonMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final Map<Integer, JsonNode> messages = new HashMap<>();
  private final ExpressionReader reader = new ExpressionReader(this::promised);

  private Answers() {}

  /**
   * Reads the answer of a batch.
   *
   * @throws ProtocolException if it is none
   */
  public static Answers read(String body) throws ProtocolException {
    Answers answers = new Answers();
    for (Iterator<String> lines = body.lines().iterator(); lines.hasNext(); ) {
      String line = lines.next();
      if (!line.isEmpty()) {
        answers.take(parse(line));
      }
    }
    return answers;
  }

  private static JsonNode parse(String line) throws ProtocolException {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new ProtocolException("a line of the answer is no JSON, or is too deep");
    }
  }

  private void take(JsonNode message) throws ProtocolException {
    String kind = message.path(0).isTextual() ? message.path(0).textValue() : "";
    switch (kind) {
      case "resolve", "reject" -> {
        JsonNode id = message.path(1);
        if (message.size() != 3 || !id.isInt()) {
          throw new ProtocolException("a " + kind + " of the answer has no id or no value");
        }
        if (messages.putIfAbsent(id.intValue(), message) != null) {
          throw new ProtocolException("the answer settles an id twice");
        }
      }
      case "abort" -> throw new ProtocolException("the server aborted the batch");
      case "release" -> {
        // The server lets go of what this batch ends anyway.
      }
      default ->
          throw new ProtocolException(
              "the answer holds a message that a batch has none of; does a method return a stream"
                  + " or a Response?");
    }
  }

  /** Whether the call of that id was rejected; null where the answer says nothing of it. */
  public @Nullable Boolean isRejected(int id) {
    JsonNode message = messages.get(id);
    return message == null ? null : "reject".equals(message.get(0).textValue());
  }

  /**
   * Returns the value of a call that was resolved; asked for once.
   *
   * @throws ProtocolException if it is no data
   */
  public JsonNode value(int id) throws ProtocolException {
    return reader.read(settled(id), 0);
  }

  /**
   * Returns what a call was rejected with.
   *
   * @throws ProtocolException if that is no data
   */
  public RemoteError error(int id) throws ProtocolException {
    return RemoteError.of(settled(id), reader, 0);
  }

  private JsonNode settled(int id) throws ProtocolException {
    JsonNode message = messages.get(id);
    if (message == null) {
      throw new ProtocolException("the answer does not settle a call");
    }
    return message.get(2);
  }

  /** A promise inside a value: each is good for one place, so that none can multiply. */
  private JsonNode promised(int id, int depth) throws ProtocolException {
    JsonNode message = id < 0 ? messages.remove(id) : null;
    if (message == null) {
      throw new ProtocolException("a value holds a promise that the answer does not settle");
    }
    if ("reject".equals(message.get(0).textValue())) {
      throw new RejectedPromiseException(RemoteError.of(message.get(2), reader, depth + 1));
    }
    return reader.read(message.get(2), depth + 1);
  }
}
