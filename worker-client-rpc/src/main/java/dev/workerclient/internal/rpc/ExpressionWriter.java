package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/** Writes trees as expressions of Cap'n Web: of its forms those alone that all versions know. */
public final class ExpressionWriter {
  private static final int DEEPEST = 256;
  private static final long LARGEST_SAFE = (1L << 53) - 1;
  private static final Instant LAST_DATE =
      Instant.ofEpochSecond(8_640_000_000_000L); // JavaScript's.
  private static final Instant FIRST_DATE = Instant.ofEpochSecond(-8_640_000_000_000L);
  private static final BigInteger MOST = BigInteger.valueOf(LARGEST_SAFE);

  private static final Set<String> LOST =
      Set.of(
          "constructor",
          "hasOwnProperty",
          "isPrototypeOf",
          "propertyIsEnumerable",
          "toJSON",
          "toLocaleString",
          "toString",
          "valueOf",
          "__proto__",
          "__defineGetter__",
          "__defineSetter__",
          "__lookupGetter__",
          "__lookupSetter__");

  private final JsonGenerator out;
  private final References references;

  /** Makes a writer; it does not close the generator. */
  public ExpressionWriter(JsonGenerator out, References references) {
    this.out = out;
    this.references = references;
  }

  /** Writes the library's own nodes of a tree. */
  @FunctionalInterface
  public interface References {
    /**
     * Writes the expression that leads to it.
     *
     * @throws IllegalArgumentException if there is none
     */
    void write(Object reference, JsonGenerator out) throws IOException;
  }

  /**
   * Writes one value.
   *
   * @throws IllegalArgumentException if it has no form, or is deeper than 256
   */
  public void write(JsonNode tree) throws IOException {
    write(tree, 0);
  }

  private void write(JsonNode tree, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          "an RPC argument is deeper than " + DEEPEST + "; a cycle? send less of it");
    }
    switch (tree.getNodeType()) {
      case ARRAY -> array(tree, depth);
      case OBJECT -> object(tree, depth);
      case STRING -> out.writeString(requireWhole(tree.textValue()));
      case NUMBER -> number(tree);
      case BOOLEAN -> out.writeBoolean(tree.booleanValue());
      case BINARY -> bytes(tree.binaryValue());
      case POJO -> embedded(((POJONode) tree).getPojo());
      case NULL, MISSING -> out.writeNull();
    }
  }

  private void array(JsonNode tree, int depth) throws IOException {
    out.writeStartArray();
    out.writeStartArray();
    for (JsonNode element : tree) {
      write(element, depth + 1);
    }
    out.writeEndArray();
    out.writeEndArray();
  }

  private void object(JsonNode tree, int depth) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      out.writeFieldName(requireKept(requireWhole(field.getKey())));
      write(field.getValue(), depth + 1);
    }
    out.writeEndObject();
  }

  private static String requireKept(String name) {
    if (isLost(name)) {
      throw new IllegalArgumentException(
          "an object of an RPC value has a member named "
              + name
              + ", which the receiver drops without a word; give it another name, as by"
              + " @JsonProperty");
    }
    return name;
  }

  /**
   * Whether capnweb (0.5.0 to 0.12.0) drops members of that name, since every object of JavaScript
   * has one.
   */
  public static boolean isLost(String name) {
    return LOST.contains(name);
  }

  private static String requireWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          throw new IllegalArgumentException(
              "a text of an RPC argument holds half a surrogate pair, which UTF-8 can't write");
        }
        i++;
      }
    }
    return text;
  }

  private void number(JsonNode tree) throws IOException {
    if (tree.isBigInteger()) {
      tagged("bigint", tree.bigIntegerValue().toString());
    } else if (tree.isIntegralNumber()) {
      BigInteger whole = tree.bigIntegerValue();
      if (whole.abs().compareTo(MOST) > 0) {
        tagged("bigint", whole.toString());
      } else {
        out.writeNumber(whole.longValueExact());
      }
    } else if (tree.isBigDecimal()) {
      decimal(tree.decimalValue());
    } else {
      floating(tree.isFloat() ? Double.parseDouble(tree.asText()) : tree.doubleValue());
    }
  }

  /** JavaScript has doubles alone. */
  private void decimal(BigDecimal value) throws IOException {
    double nearest = value.doubleValue();
    if (Double.isInfinite(nearest) || BigDecimal.valueOf(nearest).compareTo(value) != 0) {
      throw new IllegalArgumentException(
          "a BigDecimal of an RPC argument is not a JavaScript number; send it as a String");
    }
    floating(nearest);
  }

  private void floating(double value) throws IOException {
    if (Double.isNaN(value)) {
      tagged("nan");
    } else if (Double.isInfinite(value)) {
      tagged(value > 0 ? "inf" : "-inf");
    } else if (value == Math.rint(value) && Math.abs(value) <= LARGEST_SAFE) {
      out.writeNumber((long) value);
    } else {
      out.writeNumber(value);
    }
  }

  private void bytes(byte[] value) throws IOException {
    tagged("bytes", Base64.getEncoder().withoutPadding().encodeToString(value));
  }

  private void embedded(Object value) throws IOException {
    if (value instanceof Instant instant) {
      date(instant);
    } else if (value == Undefined.UNDEFINED) {
      tagged("undefined");
    } else {
      references.write(value, out);
    }
  }

  private void date(Instant instant) throws IOException {
    if (instant.isAfter(LAST_DATE) || instant.isBefore(FIRST_DATE)) {
      throw new IllegalArgumentException(
          "a date of an RPC argument is beyond those of JavaScript, which end in the year"
              + " 275760; send it as a String");
    }
    out.writeStartArray();
    out.writeString("date");
    out.writeNumber(instant.toEpochMilli());
    out.writeEndArray();
  }

  private void tagged(String... texts) throws IOException {
    out.writeStartArray();
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }
}
