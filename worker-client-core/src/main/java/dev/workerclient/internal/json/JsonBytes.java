package dev.workerclient.internal.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.workerclient.internal.classify.RemoteJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps, lists, strings, numbers and booleans to JSON and back, within the limits of RemoteJson. */
final class JsonBytes {
  private JsonBytes() {}

  /** Writes a value as UTF-8. */
  static byte[] write(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = RemoteJson.FACTORY.createGenerator(text)) {
      write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A StringWriter throws none.
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (Map.Entry<?, ?> member : map.entrySet()) {
        out.writeFieldName((String) member.getKey());
        write(out, member.getValue());
      }
      out.writeEndObject();
    } else if (value instanceof List<?> list) {
      out.writeStartArray();
      for (Object element : list) {
        write(out, element);
      }
      out.writeEndArray();
    } else if (value instanceof String string) {
      out.writeString(string);
    } else if (value instanceof Boolean bool) {
      out.writeBoolean(bool);
    } else if (value instanceof BigDecimal decimal) {
      out.writeNumber(decimal);
    } else {
      out.writeNumber(((Number) value).longValue());
    }
  }

  /**
   * Reads the one value of a body: whole numbers as the smallest of Integer, Long and BigInteger
   * that fits, others as BigDecimal.
   *
   * @throws IOException if it is not JSON within the limits
   * @throws NumberFormatException if an exponent is beyond those of BigDecimal
   */
  static @Nullable Object read(byte[] body) throws IOException {
    try (JsonParser in = RemoteJson.FACTORY.createParser(body)) {
      Object value = read(in, in.nextToken());
      if (in.nextToken() != null) {
        throw new IOException("text after the value");
      }
      return value;
    }
  }

  private static @Nullable Object read(JsonParser in, @Nullable JsonToken token)
      throws IOException {
    if (token == null) {
      throw new IOException("no value");
    }
    return switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
          map.put(name, read(in, in.nextToken()));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
          list.add(read(in, next));
        }
        yield list;
      }
      case VALUE_STRING -> in.getText();
      case VALUE_NUMBER_INT -> in.getNumberValue();
      case VALUE_NUMBER_FLOAT -> in.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IOException("not a value: " + token);
    };
  }
}
