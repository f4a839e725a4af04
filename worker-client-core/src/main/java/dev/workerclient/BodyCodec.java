package dev.workerclient;

import dev.workerclient.error.ServiceError;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into bodies and back. {@code worker-client-jackson3} and {@code
 * worker-client-jackson} bring one for JSON by Jackson 3 or 2, which the client finds by {@link
 * java.util.ServiceLoader}; {@link WorkerClient.Builder#bodyCodec} sets another. If several are
 * found, a codec of your own comes before these two, and Jackson 3 before Jackson 2.
 * Implementations must be thread-safe.
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
   * @throws IOException if the body is not such a value; the message becomes part of the client's
   *     own, which is handed on to callers: it should name the reason and the place in the body,
   *     and must not quote the body
   */
  @Nullable Object decode(byte[] body, Type type) throws IOException;

  /**
   * Reads a value as {@link #decode(byte[], Type)}, for a codec that needs no array of the whole
   * body: what {@code fetch(…)} calls. Unless overridden, it reads the stream and calls that
   * method.
   *
   * @param body all of it is there, so that no read waits; needs no close
   * @throws IOException as {@link #decode(byte[], Type)}
   */
  default @Nullable Object decode(InputStream body, Type type) throws IOException {
    return decode(body.readAllBytes(), type);
  }

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
