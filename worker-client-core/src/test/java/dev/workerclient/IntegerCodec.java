package dev.workerclient;

import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads integers, and lists of one. */
final class IntegerCodec implements BodyCodec {
  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public byte[] encode(Object value) throws IOException {
    throw new IOException("not asked for");
  }

  @Override
  public Object decode(byte[] body, Type type) throws IOException {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      Integer value = Integer.valueOf(text);
      return type instanceof Class ? value : List.of(value);
    } catch (NumberFormatException e) {
      throw new IOException("not an integer", e);
    }
  }
}
