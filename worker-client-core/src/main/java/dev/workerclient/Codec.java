package dev.workerclient;

import dev.workerclient.internal.classify.RemoteText;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The client's codec, or the sentence that says how to get one. */
final class Codec {
  private final @Nullable BodyCodec codec;

  private Codec(@Nullable BodyCodec codec) {
    this.codec = codec;
  }

  /** The given codec, else the first that is on the class path. */
  static Codec of(@Nullable BodyCodec given) {
    if (given != null) {
      return new Codec(given);
    }
    Iterator<BodyCodec> found = ServiceLoader.load(BodyCodec.class).iterator();
    return new Codec(found.hasNext() ? found.next() : null);
  }

  /**
   * Returns the codec.
   *
   * @throws IllegalStateException if there is none
   */
  BodyCodec require() {
    if (codec == null) {
      throw new IllegalStateException(
          "no BodyCodec: add worker-client-jackson to the class path, or set bodyCodec(…) on the"
              + " client's builder");
    }
    return codec;
  }

  @Nullable BodyCodec orNull() {
    return codec;
  }

  /**
   * Decodes a body; {@code String} and {@code byte[]} are the body as it is.
   *
   * @throws IOException if it is not such a value; the message says what came instead
   */
  Object decode(byte[] body, Type type, String contentType) throws IOException {
    if (type == String.class) {
      return new String(body, StandardCharsets.UTF_8);
    }
    if (type == byte[].class) {
      return body.clone();
    }
    BodyCodec reader = require();
    Object value;
    try {
      value = reader.decode(body, type);
    } catch (IOException | RuntimeException e) { // Some JSON libraries throw the latter.
      throw new IOException(describe(body, type, contentType), e);
    }
    if (value == null) {
      throw new IOException(describe(body, type, contentType));
    }
    return value;
  }

  /** Says what came without quoting it: the message travels on in ServiceErrors. */
  private static String describe(byte[] body, Type type, String contentType) {
    String sent = contentType.isEmpty() ? "no content type" : RemoteText.clean(contentType);
    return "the body (" + sent + ", " + body.length + " bytes) is no " + type.getTypeName();
  }
}
