package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What a method threw, as data.
 *
 * @param type the name of its class, as text; empty if no Error was thrown
 * @param properties its own properties; a {@code cause} is among them
 */
public record RemoteError(String type, String message, ObjectNode properties) {
  private static final int PROPERTIES = 4;

  /**
   * Reads what a {@code reject} carries: an error, or any value that was thrown. Properties that
   * are not data are skipped.
   *
   * @throws ProtocolException if the value that was thrown is not data
   */
  public static RemoteError of(JsonNode expression, ExpressionReader reader, int depth)
      throws ProtocolException {
    if (!expression.isArray() || !"error".equals(expression.path(0).textValue())) {
      return thrown(expression, reader, depth);
    }
    ObjectNode properties = noProperties();
    for (Map.Entry<String, JsonNode> own : expression.path(PROPERTIES).properties()) {
      try {
        if (!ExpressionReader.isUndefined(own.getValue())) {
          properties.set(own.getKey(), reader.read(own.getValue(), depth + 1));
        }
      } catch (ProtocolException | RejectedPromiseException e) {
        // It is not data.
      }
    }
    return new RemoteError(text(expression.path(1)), text(expression.path(2)), properties);
  }

  /** The method threw something that can't be read. */
  public static RemoteError unreadable(ProtocolException why) {
    return new RemoteError("", "a value that can't be read: " + why.getMessage(), noProperties());
  }

  private static RemoteError thrown(JsonNode expression, ExpressionReader reader, int depth)
      throws ProtocolException {
    try {
      return new RemoteError("", text(reader.read(expression, depth)), noProperties());
    } catch (RejectedPromiseException e) {
      return e.error();
    }
  }

  /**
   * JavaScript lets a method throw any value, and the name and the message of an error be any.
   * Dates in it are ISO text: for an Instant, {@code JsonNode.toString} throws or writes an error.
   */
  private static String text(JsonNode value) throws ProtocolException {
    try {
      JsonNode plain = PlainTree.plain(value);
      return plain.isTextual() ? plain.textValue() : plain.toString();
    } catch (JsonMappingException e) {
      throw new ProtocolException("it can't be written as text");
    }
  }

  private static ObjectNode noProperties() {
    return JsonNodeFactory.instance.objectNode();
  }
}
