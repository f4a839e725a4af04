package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/** JavaScript's typed arrays, which travel as bytes in little-endian order. */
final class TypedArrays {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  private TypedArrays() {}

  /**
   * Returns bytes for those that hold single bytes, and an array of numbers for the others.
   *
   * @param type the name of the array's class; empty for a Uint8Array
   * @throws ProtocolException if there is no such class, or its last element is incomplete
   */
  static JsonNode read(String type, byte[] bytes) throws ProtocolException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case "", "Uint8Array", "Int8Array", "Uint8ClampedArray", "ArrayBuffer", "DataView" ->
          NODES.binaryNode(bytes);
      case "Int16Array" -> array(in, 2, () -> NODES.numberNode((int) in.getShort()));
      case "Uint16Array" -> array(in, 2, () -> NODES.numberNode(in.getShort() & 0xffff));
      case "Int32Array" -> array(in, 4, () -> NODES.numberNode(in.getInt()));
      case "Uint32Array" -> array(in, 4, () -> NODES.numberNode(in.getInt() & 0xffff_ffffL));
      case "BigInt64Array" -> array(in, 8, () -> NODES.numberNode(in.getLong()));
      case "BigUint64Array" -> array(in, 8, () -> unsigned(in.getLong()));
      case "Float32Array" -> array(in, 4, () -> NODES.numberNode(in.getFloat()));
      case "Float64Array" -> array(in, 8, () -> NODES.numberNode(in.getDouble()));
      default -> throw new ProtocolException("it holds bytes of a type that is not known");
    };
  }

  private static JsonNode unsigned(long bits) {
    BigInteger value = BigInteger.valueOf(bits);
    return NODES.numberNode(value.signum() < 0 ? value.add(TWO_TO_64) : value);
  }

  private static ArrayNode array(ByteBuffer in, int size, Supplier<JsonNode> element)
      throws ProtocolException {
    if (in.remaining() % size != 0) {
      throw new ProtocolException("a typed array in it ends within an element");
    }
    ArrayNode array = NODES.arrayNode(in.remaining() / size);
    while (in.hasRemaining()) {
      array.add(element.get());
    }
    return array;
  }
}
