package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Java values to trees and back, by Jackson. What JSON has no form for stands in a tree as an
 * embedded object: an Instant, bytes, and values of the types given. A {@code long} is never
 * rounded. Thread-safe.
 */
public final class ValueMapper {
  private final ObjectMapper mapper;

  /** Makes a mapper that puts values of those types into trees as they are. */
  public ValueMapper(List<Class<?>> embedded) {
    SimpleModule module = new SimpleModule("worker-client-rpc");
    embedded.forEach(type -> embed(module, type, value -> value));
    embed(module, Instant.class, instant -> instant);
    embed(module, Date.class, Date::toInstant);
    module.addDeserializer(Instant.class, InstantReader.of(Instant.class, instant -> instant));
    module.addDeserializer(Date.class, InstantReader.of(Date.class, Date::from));
    this.mapper =
        JsonMapper.builder()
            .findAndAddModules()
            .addModule(module)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
  }

  private static <T> void embed(SimpleModule module, Class<T> type, Function<T, Object> form) {
    module.addSerializer(
        type,
        new JsonSerializer<>() {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeEmbeddedObject(form.apply(value));
          }
        });
  }

  /**
   * Returns the tree of a value.
   *
   * @throws IllegalArgumentException if Jackson can't write it, as where it holds itself
   */
  public JsonNode tree(@Nullable Object value) {
    try {
      return mapper.valueToTree(value);
    } catch (StackOverflowError e) { // Jackson bounds the depth of what it writes as text alone.
      throw new IllegalArgumentException(
          "an RPC argument is too deep; does it hold itself? send less of it", e);
    }
  }

  /**
   * Returns the value of a tree; null and absent as the type has it.
   *
   * @throws JsonProcessingException if the tree is no such value
   */
  public @Nullable Object value(JsonNode tree, JavaType type) throws JsonProcessingException {
    return mapper.treeToValue(tree, type);
  }

  /** Jackson's form of a type. */
  public JavaType type(Type type) {
    return mapper.constructType(type);
  }
}
