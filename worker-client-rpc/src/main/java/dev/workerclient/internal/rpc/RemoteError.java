package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a method threw, as data.
 *
 * @param type the name of its class, as text; empty where no Error was thrown
 * @param properties its own properties; a {@code cause} is among them
 */
public record RemoteError(String type, String message, ObjectNode properties) {
  private static final int PROPERTIES = 4;

  /** Reads what a {@code reject} carries: an error, or any value that was thrown. */
  public static RemoteError of(JsonNode expression, ExpressionReader reader, int depth)
      throws ProtocolException {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    if (!expression.isArray() || !"error".equals(expression.path(0).textValue())) {
      JsonNode thrown = reader.read(expression, depth);
      return new RemoteError(
          "", thrown.isTextual() ? thrown.textValue() : thrown.toString(), properties);
    }
    JsonNode type = expression.path(1);
    JsonNode message = expression.path(2);
    ExpressionReader.require(type.isTextual() && message.isTextual(), expression, "error");
    JsonNode own = expression.path(PROPERTIES);
    if (own.isObject()) {
      properties.setAll((ObjectNode) reader.read(own, depth + 1));
    }
    return new RemoteError(type.textValue(), message.textValue(), properties);
  }
}
