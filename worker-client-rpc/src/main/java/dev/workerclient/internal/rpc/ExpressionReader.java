package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads expressions of Cap'n Web as trees. Hostile input ends in a {@link ProtocolException};
 * nothing that it names is loaded or called.
 */
public final class ExpressionReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEPEST = 256;
  private static final int MOST_DIGITS = 10_000;
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1," + MOST_DIGITS + "}");
  private static final double LATEST_DATE = 8.64e15; // Of JavaScript's Date, in milliseconds.

  private final Promises promises;

  /** Makes a reader. */
  public ExpressionReader(Promises promises) {
    this.promises = promises;
  }

  /** What a value refers to. */
  @FunctionalInterface
  public interface Promises {
    /** Returns the value of a promise that stands at that depth. */
    JsonNode resolve(int id, int depth) throws ProtocolException;

    /** Returns what an earlier call brought, which a server is asked for alone. */
    default JsonNode pipeline(JsonNode expression) throws ProtocolException {
      throw noData("pipeline");
    }

    /** Returns a function or live object: the sender's, or the reader's own. */
    default JsonNode object(JsonNode expression) throws ProtocolException {
      throw new ProtocolException(
          "it holds a function or a live object, which lasts as long as its batch; call its"
              + " methods in the same batch, or open a session by Rpc.session(…)");
    }

    /** Returns a stream, or what holds one, at that depth. */
    default JsonNode stream(JsonNode expression, int depth) throws ProtocolException {
      throw new ProtocolException(
          "it holds a stream, a Blob, a Request or a Response, which a batch can't carry; open a"
              + " session by Rpc.session(…)");
    }
  }

  /** Reads one value, of which {@code undefined} is null, or is left out of an object. */
  public JsonNode read(JsonNode expression, int depth) throws ProtocolException {
    if (depth > DEEPEST) {
      throw new ProtocolException("it is deeper than " + DEEPEST);
    }
    if (expression.isObject()) {
      return object(expression, depth);
    }
    if (!expression.isArray()) {
      return expression;
    }
    if (expression.size() == 1 && expression.get(0).isArray()) {
      return array(expression.get(0), depth);
    }
    return tagged(expression, depth);
  }

  /** Whether it is {@code ["undefined"]}. */
  static boolean isUndefined(JsonNode expression) {
    return expression.isArray()
        && expression.size() == 1
        && "undefined".equals(expression.get(0).textValue());
  }

  private JsonNode object(JsonNode expression, int depth) throws ProtocolException {
    ObjectNode object = NODES.objectNode();
    for (Map.Entry<String, JsonNode> field : expression.properties()) {
      if (!isUndefined(field.getValue())) {
        object.set(field.getKey(), read(field.getValue(), depth + 1));
      }
    }
    return object;
  }

  private JsonNode array(JsonNode elements, int depth) throws ProtocolException {
    ArrayNode array = NODES.arrayNode(elements.size());
    for (JsonNode element : elements) {
      array.add(read(element, depth + 1));
    }
    return array;
  }

  private JsonNode tagged(JsonNode expression, int depth) throws ProtocolException {
    JsonNode tag = expression.path(0);
    JsonNode value = expression.path(1);
    String form = tag.isTextual() ? tag.textValue() : "";
    return switch (form) {
      case "undefined" -> NODES.nullNode();
      case "nan" -> NODES.numberNode(Double.NaN);
      case "inf" -> NODES.numberNode(Double.POSITIVE_INFINITY);
      case "-inf" -> NODES.numberNode(Double.NEGATIVE_INFINITY);
      case "date" -> date(value);
      case "bigint" -> bigint(value);
      case "bytes" -> bytes(value, expression.path(2).asText());
      case "url" -> require(value.isTextual(), value, form);
      case "headers" -> headers(require(value.isArray(), value, form));
      case "error" -> error(expression, depth);
      case "promise" -> promises.resolve(require(value.isInt(), value, form).intValue(), depth);
      case "pipeline" -> promises.pipeline(expression);
      case "export", "import" -> promises.object(expression);
      case "request", "response", "readable", "writable", "blob" ->
          promises.stream(expression, depth);
      case "remap" -> throw noData(form);
      default -> throw new ProtocolException("it holds a form of value that is not known");
    };
  }

  /** Pairs of texts, which are not escaped as arrays are. */
  private static JsonNode headers(JsonNode pairs) throws ProtocolException {
    for (JsonNode pair : pairs) {
      require(
          pair.size() == 2 && pair.get(0).isTextual() && pair.get(1).isTextual(), pair, "headers");
    }
    return pairs;
  }

  private static JsonNode date(JsonNode millis) throws ProtocolException {
    if (millis.isNull()) {
      return NODES.nullNode(); // An invalid Date.
    }
    require(millis.isNumber() && Math.abs(millis.doubleValue()) <= LATEST_DATE, millis, "date");
    return NODES.pojoNode(Instant.ofEpochMilli((long) millis.doubleValue()));
  }

  private static JsonNode bigint(JsonNode digits) throws ProtocolException {
    require(digits.isTextual() && INTEGER.matcher(digits.textValue()).matches(), digits, "bigint");
    return NODES.numberNode(new BigInteger(digits.textValue()));
  }

  private static JsonNode bytes(JsonNode base64, String type) throws ProtocolException {
    try {
      String text = require(base64.isTextual(), base64, "bytes").textValue();
      return TypedArrays.read(type, Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("its bytes are not valid base64");
    }
  }

  /** An error inside a value: its properties, then its own name and message. */
  private JsonNode error(JsonNode expression, int depth) throws ProtocolException {
    RemoteError error = RemoteError.of(expression, this, depth);
    ObjectNode object = NODES.objectNode();
    object.setAll(error.properties());
    return object.put("name", error.type()).put("message", error.message());
  }

  private static ProtocolException noData(String form) {
    return new ProtocolException("it holds a " + form + ", which is not data");
  }

  static JsonNode require(boolean holds, JsonNode value, String form) throws ProtocolException {
    if (!holds) {
      throw new ProtocolException("a value of the form " + form + " is not valid");
    }
    return value;
  }
}
