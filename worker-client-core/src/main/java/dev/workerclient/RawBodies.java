package dev.workerclient;

import dev.workerclient.internal.http.HeaderText;
import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.MediaType;

/**
 * What is a body already: a codec would send something else, such as a string in quotes, bytes in
 * Base64, or the name of a file.
 */
final class RawBodies {
  private static final Map<Class<?>, String> INSTEAD =
      Map.of(
          CharSequence.class, "body(text, contentType)",
          byte[].class, "body(bytes, contentType)",
          ByteBuffer.class, "body(bytes, contentType)",
          InputStream.class, "body(stream, contentType)",
          Reader.class, "body(text, contentType)",
          Path.class, "body(path, contentType)",
          File.class, "body(file.toPath(), contentType)",
          Supplier.class, "body(supplier, contentType)");

  private RawBodies() {}

  /**
   * Refuses such a value.
   *
   * @throws IllegalArgumentException if it is one; the message says what to write
   */
  static void refuse(Object value) {
    INSTEAD.forEach(
        (type, instead) -> {
          if (type.isInstance(value)) {
            throw new IllegalArgumentException(
                "body(value) would send what the codec makes of a "
                    + value.getClass().getName()
                    + ", not its content; write "
                    + instead);
          }
        });
  }

  /**
   * Returns the content type.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static String requireMediaType(String contentType) {
    HeaderText.requireValue("Content-Type", contentType);
    if (MediaType.parse(contentType) == null) {
      throw new IllegalArgumentException(
          "the content type is not valid; write one such as application/json");
    }
    return contentType;
  }
}
