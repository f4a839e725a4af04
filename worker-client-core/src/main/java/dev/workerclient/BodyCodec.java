package dev.workerclient;

import dev.workerclient.error.ServiceError;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Encodes values as bodies and decodes bodies. {@code worker-client-jackson3} and {@code
 * worker-client-jackson} provide a JSON codec with Jackson 3 or 2, which the client finds by {@link
 * java.util.ServiceLoader}; {@link WorkerClient.Builder#bodyCodec} sets another one. If several are
 * found, your own codec comes first, then Jackson 3, then Jackson 2. Implementations must be
 * thread-safe.
 */
public interface BodyCodec {
  /** Returns the content type that {@link #encode} writes, such as {@code application/json}. */
  String contentType();

  /**
   * Encodes a value.
   *
   * @throws IOException if it can't be encoded
   */
  byte[] encode(Object value) throws IOException;

  /**
   * Decodes a value. Returns null if that is the value of the body, such as a JSON null.
   *
   * @param type a class or a generic type
   * @throws IOException if the body can't be decoded to the type. Its message becomes part of the
   *     exception that callers get: it should name the reason and the position in the body, and
   *     must not quote the body
   */
  @Nullable Object decode(byte[] body, Type type) throws IOException;

  /**
   * Decodes a value from a stream, for codecs that do not need the whole body as an array. This is
   * what {@code fetch(…)} calls. The default implementation reads the stream and calls {@link
   * #decode(byte[], Type)}.
   *
   * @param body the whole body, so that no read blocks; it need not be closed
   * @throws IOException as {@link #decode(byte[], Type)}
   */
  default @Nullable Object decode(InputStream body, Type type) throws IOException {
    return decode(body.readAllBytes(), type);
  }

  /**
   * Decodes the error that a service reported in its response, or returns null if the body does not
   * contain one. Must not throw for any body. The default implementation returns null.
   *
   * @param contentType the body's content type; empty if there is none
   */
  default @Nullable ServiceError decodeServiceError(byte[] body, String contentType) {
    return null;
  }
}
