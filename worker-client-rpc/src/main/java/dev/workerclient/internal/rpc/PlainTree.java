package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
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
    return in instanceof TreeTraversingParser ? plain(tree, context) : tree;
  }

  @Override
  public JsonNode getNullValue(DeserializationContext context) {
    return NullNode.instance;
  }

  private static JsonNode plain(JsonNode node, DeserializationContext context) throws IOException {
    if (node instanceof POJONode embedded) {
      if (embedded.getPojo() instanceof Instant date) {
        return TextNode.valueOf(date.toString());
      }
      return context.reportInputMismatch(
          JsonNode.class, "it holds %s, which is not data", embedded.getPojo());
    }
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        member.setValue(plain(member.getValue(), context));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, plain(array.get(i), context));
      }
    }
    return node;
  }
}
