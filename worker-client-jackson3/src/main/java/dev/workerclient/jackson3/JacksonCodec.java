package dev.workerclient.jackson3;

import dev.workerclient.BodyCodec;
import dev.workerclient.error.ServiceError;
import dev.workerclient.internal.json.JsonFailure;
import dev.workerclient.internal.json.ProblemForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * Encodes and decodes JSON bodies with Jackson 3. A client finds it automatically on the class
 * path; {@link #of(ObjectMapper)} uses your own mapper. Immutable and thread-safe.
 *
 * <p>Without a mapper of your own, unknown properties are ignored, {@code java.time} values are
 * ISO-8601 strings and keep their offset, and trailing content and null for a primitive fail. A
 * body can't name a class to instantiate. Nesting (256 levels), strings (32 Mi characters), names
 * (10,000) and numbers (1,000 digits) are limited. The size of a body is limited by the client's
 * {@code maxResponseBytes}.
 */
public final class JacksonCodec implements BodyCodec {
  private static final int MOST_KEPT = 64;

  private final ObjectReader reader;
  private final ObjectWriter writer;

  /** By type: to make a reader costs a look-up of the type, and of its deserializer. */
  private final Map<Type, ObjectReader> kept = new ConcurrentHashMap<>();

  /**
   * Makes a codec with the settings above.
   *
   * @throws IllegalStateException if a module that was found lets a body name classes to
   *     instantiate
   */
  public JacksonCodec() {
    // Not by the loader of the thread that happens to be first.
    this(DefaultMapper.create(JacksonCodec.class.getClassLoader()));
  }

  private JacksonCodec(ObjectMapper mapper) {
    this.reader = mapper.reader().without(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION);
    this.writer = mapper.writer();
  }

  /**
   * Returns a codec that uses that mapper, such as Spring Boot's, except that exceptions never
   * quote the body.
   *
   * @throws IllegalArgumentException if default typing is active, which would let a remote's body
   *     choose the classes to instantiate, or if the mapper is not for JSON
   */
  public static JacksonCodec of(ObjectMapper mapper) {
    Objects.requireNonNull(mapper, "mapper");
    if (mapper.deserializationConfig().getDefaultTyper(null) != null) {
      throw new IllegalArgumentException(
          "default typing is active on this ObjectMapper, so that a remote's body could name the"
              + " classes to instantiate; give a mapper without it, and @JsonTypeInfo(use ="
              + " Id.NAME) to the types that need it");
    }
    String format = mapper.tokenStreamFactory().getFormatName();
    if (!JsonFactory.FORMAT_NAME_JSON.equals(format)) {
      throw new IllegalArgumentException(
          "this ObjectMapper is for "
              + format
              + ", and bodies are sent as application/json; give a JsonMapper");
    }
    return new JacksonCodec(mapper);
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException if Jackson can't write the value, or one of its getters throws
   */
  @Override
  public byte[] encode(Object value) throws IOException {
    Objects.requireNonNull(value, "value");
    try {
      return writer.writeValueAsBytes(value);
    } catch (JacksonException e) {
      throw inOneLine(e);
    } catch (RuntimeException e) {
      throw new IOException("writing a " + value.getClass().getName() + " as JSON failed", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException if the body can't be decoded to the type, or a constructor throws. The
   *     message is one line with the reason and the position ({@code items[1].count}), and may
   *     quote the single value that did not fit, but not the body around it. The cause is the
   *     exception of application code, if any
   */
  @Override
  public @Nullable Object decode(byte[] body, Type type) throws IOException {
    Objects.requireNonNull(body, "body");
    return decode(new ByteArrayInputStream(body), type);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException as {@link #decode(byte[], Type)}
   */
  @Override
  public @Nullable Object decode(InputStream body, Type type) throws IOException {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(type, "type");
    try {
      return readerOf(type).readValue(body);
    } catch (JacksonException e) {
      throw inOneLine(e);
    } catch (RuntimeException e) {
      throw new IOException("reading JSON as a " + type.getTypeName() + " failed", e);
    }
  }

  private static IOException inOneLine(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    int line = at == null ? 0 : at.getLineNr();
    int column = at == null ? 0 : at.getColumnNr();
    String path = JsonFailure.path(e.getPath(), Reference::getPropertyName, Reference::getIndex);
    return JsonFailure.of(e, JacksonException.class, e.getOriginalMessage(), line, column, path);
  }

  private ObjectReader readerOf(Type type) {
    ObjectReader known = kept.get(type);
    if (known != null) {
      return known;
    }
    if (kept.size() >= MOST_KEPT) {
      kept.clear();
    }
    ObjectReader made = reader.forType(reader.typeFactory().constructType(type));
    kept.put(type, made);
    return made;
  }

  /** Reads a body of {@value ProblemJson#CONTENT_TYPE} by {@link ProblemJson#read}. */
  @Override
  public @Nullable ServiceError decodeServiceError(byte[] body, String contentType) {
    return ProblemForm.read(body, contentType);
  }
}
