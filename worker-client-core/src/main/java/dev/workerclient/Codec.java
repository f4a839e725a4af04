package dev.workerclient;

import dev.workerclient.error.ServiceError;
import dev.workerclient.internal.classify.RemoteText;
import dev.workerclient.internal.http.UserCode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client's codec, or the sentence that says how to get one. */
final class Codec {
  private static final Logger LOGGER = LoggerFactory.getLogger("dev.workerclient");

  /** A whole body, in messages. */
  static final String BODY = "the body";

  /** What is a body already, and what to write for it. */
  private static final Map<Class<?>, String> BODIES =
      Map.of(
          CharSequence.class, "body(text, contentType)",
          byte[].class, "body(bytes, contentType)",
          ByteBuffer.class, "body(bytes, contentType)",
          InputStream.class, "body(stream, contentType)",
          Reader.class, "body(text, contentType)",
          Path.class, "body(path, contentType)",
          File.class, "body(file.toPath(), contentType)",
          Supplier.class, "body(supplier, contentType)");

  /** The library's own, the preferred one first. */
  private static final List<String> OWN =
      List.of("dev.workerclient.jackson3.JacksonCodec", "dev.workerclient.jackson.JacksonCodec");

  /** The longest reason of a codec in messages: what it says, and a path of the same length. */
  private static final int LONGEST_REASON = 700;

  private final @Nullable BodyCodec codec;

  private Codec(@Nullable BodyCodec codec) {
    this.codec = codec;
  }

  /** The given codec, else the preferred one of those on the class path. */
  static Codec of(@Nullable BodyCodec given) {
    if (given != null) {
      return new Codec(given);
    }
    ServiceLoader.Provider<BodyCodec> preferred = null;
    Iterator<ServiceLoader.Provider<BodyCodec>> found =
        ServiceLoader.load(BodyCodec.class).stream().iterator();
    while (found.hasNext()) {
      ServiceLoader.Provider<BodyCodec> each = found.next();
      if (preferred == null || rank(each) < rank(preferred)) {
        preferred = each;
      }
    }
    return new Codec(preferred == null ? null : preferred.get());
  }

  /** An application's own codec is for its bodies, and so comes before all of {@link #OWN}. */
  private static int rank(ServiceLoader.Provider<BodyCodec> provider) {
    return OWN.indexOf(provider.type().getName());
  }

  /**
   * Returns the codec.
   *
   * @throws IllegalStateException if there is none
   */
  BodyCodec require() {
    if (codec == null) {
      throw new IllegalStateException(
          "no BodyCodec: add worker-client-jackson3 (Jackson 3) or worker-client-jackson (Jackson 2)"
              + " to the class path, or set bodyCodec(…) on the client's builder");
    }
    return codec;
  }

  /**
   * Checks, before anything is sent, that a body can be decoded to that type.
   *
   * @throws IllegalStateException if that takes a codec and there is none
   */
  void requireFor(Type type) {
    if (type != String.class && type != byte[].class && !isVoid(type)) {
      BodyCodec unused = require();
    }
  }

  /**
   * Writes a value.
   *
   * @throws IllegalArgumentException if it can't be written, or is a body already
   * @throws IllegalStateException if there is no codec
   */
  byte[] encode(Object value) {
    refuseBody(value);
    BodyCodec writer = require();
    try {
      return writer.encode(value);
    } catch (Throwable e) { // Kotlin throws checked exceptions too.
      Throwable cause = UserCode.threw(e);
      throw new IllegalArgumentException(
          "the codec can't write a "
              + value.getClass().getName()
              + reason(cause)
              + "; give it a type that it can, or raw bytes with a content type",
          cause);
    }
  }

  /**
   * Refuses what is a body already: a codec would send something else, such as a string in quotes,
   * bytes in Base64, or the name of a file.
   */
  private static void refuseBody(Object value) {
    BODIES.forEach(
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
   * Decodes a body; {@code String} and {@code byte[]} are the body as it is, and {@code Void} is
   * null whatever the body.
   *
   * @param what the body or the part of it, for the message
   * @throws IOException if it is not such a value; the message says what came instead
   */
  @Nullable Object decode(String what, byte[] body, Type type, String contentType)
      throws IOException {
    if (type == String.class) {
      return new String(body, StandardCharsets.UTF_8);
    }
    if (type == byte[].class) {
      return body.clone();
    }
    if (isVoid(type)) {
      return null;
    }
    BodyCodec reader = require();
    Object value;
    try {
      value = reader.decode(body, type);
    } catch (Throwable e) { // JSON libraries throw unchecked exceptions too, and Kotlin anything.
      throw unreadable(what, body.length, type, contentType, e);
    }
    return checked(value, what, body.length, type, contentType);
  }

  /**
   * Decodes a body as {@link #decode(String, byte[], Type, String)}, without a copy of it, and
   * takes it out.
   *
   * @throws IOException if it is not such a value; the message says what came instead
   */
  @Nullable Object decode(Buffer body, Type type, String contentType) throws IOException {
    if (type == String.class) {
      return body.readString(StandardCharsets.UTF_8);
    }
    if (type == byte[].class) {
      return body.readByteArray();
    }
    if (isVoid(type)) {
      return null;
    }
    BodyCodec reader = require();
    long length = body.size();
    Object value;
    try {
      value = reader.decode(body.inputStream(), type);
    } catch (Throwable e) {
      throw unreadable(BODY, length, type, contentType, e);
    }
    return checked(value, BODY, length, type, contentType);
  }

  private static IOException unreadable(
      String what, long length, Type type, String contentType, Throwable thrown) {
    Throwable cause = UserCode.threw(thrown);
    return new IOException(describe(what, length, type, contentType) + reason(cause), cause);
  }

  /**
   * The reason that a codec gives, to add to a message: an IOException's, which quotes no body.
   * Other exceptions of a JSON library may quote it.
   */
  private static String reason(Throwable thrown) {
    String reason = thrown instanceof IOException ? thrown.getMessage() : null;
    return reason == null ? "" : ": " + RemoteText.clean(reason, LONGEST_REASON);
  }

  private static Object checked(
      @Nullable Object value, String what, long length, Type type, String contentType)
      throws IOException {
    if (value == null) {
      throw new IOException(describe(what, length, type, contentType));
    }
    if (!TypeRef.erasure(type).isInstance(value)) {
      throw new IOException(
          "the codec made a " + value.getClass().getName() + " of it, not a " + type.getTypeName());
    }
    return value;
  }

  /**
   * Reads the error that a service reported about itself; null if it reported none. What the codec
   * throws here hides no answer.
   */
  @Nullable ServiceError decodeServiceError(byte[] body, String contentType) {
    if (codec == null) {
      return null;
    }
    try {
      return codec.decodeServiceError(body, contentType);
    } catch (Throwable e) {
      LOGGER.warn("the BodyCodec threw in decodeServiceError", UserCode.threw(e));
      return null;
    }
  }

  static boolean isVoid(Type type) {
    return type == Void.class || type == void.class;
  }

  /** Says what came without quoting it: the message travels on in ServiceErrors. */
  private static String describe(String what, long length, Type type, String contentType) {
    String sent = contentType.isEmpty() ? "no content type" : RemoteText.clean(contentType);
    return what + " (" + sent + ", " + length + " bytes) is not a " + type.getTypeName();
  }
}
