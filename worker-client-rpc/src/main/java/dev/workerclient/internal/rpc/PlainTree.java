package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** Reads trees that any mapper can write as JSON: a date in them is ISO text. */
final class PlainTree extends StdDeserializer<JsonNode> {
  private static final long serialVersionUID = 1L;

  PlainTree() {
    super(JsonNode.class);
  }

  @Override
  public JsonNode deserialize(JsonParser in, DeserializationContext context) throws IOException {
    JsonNode tree = JsonNodeDeserializer.getDeserializer(JsonNode.class).deserialize(in, context);
    // Jackson also makes trees of arguments so, from a buffer; there a date stays one.
    return in instanceof TreeTraversingParser ? plain(tree) : tree;
  }

  @Override
  public JsonNode getNullValue(DeserializationContext context) {
    return NullNode.instance;
  }

  /**
   * Returns the tree with ISO text for each date, changed in place.
   *
   * @throws JsonMappingException if it holds an object, a function or a stream
   */
  static JsonNode plain(JsonNode node) throws JsonMappingException {
    if (node instanceof POJONode embedded) {
      if (embedded.getPojo() instanceof Instant date) {
        return TextNode.valueOf(date.toString());
      }
      throw new JsonMappingException(
          null, "it holds " + embedded.getPojo() + ", which is not data");
    }
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        member.setValue(plain(member.getValue()));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, plain(array.get(i)));
      }
    }
    return node;
  }
}
