package dev.workerclient;

import dev.workerclient.error.ServiceError;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into bodies and back. {@code worker-client-jackson} brings one for JSON, which the
 * client finds by {@link java.util.ServiceLoader}; {@link WorkerClient.Builder#bodyCodec} sets
 * another. Implementations must be thread-safe.
 */
public interface BodyCodec {
  /** The content type of what {@link #encode} writes, such as {@code application/json}. */
  String contentType();

  /**
   * Writes a value.
   *
   * @throws IOException if it can't be written
   */
  byte[] encode(Object value) throws IOException;

  /**
   * Reads a value; null where the body says so.
   *
   * @param type a class or a generic type
   * @throws IOException if the body is not such a value
   */
  @Nullable Object decode(byte[] body, Type type) throws IOException;

  /**
   * Reads the error that a service reported about itself; null where the body is none, which is
   * what this does unless overridden. Must not throw for any body.
   *
   * @param contentType the body's content type; empty where none was sent
   */
  default @Nullable ServiceError decodeServiceError(byte[] body, String contentType) {
    return null;
  }
}
