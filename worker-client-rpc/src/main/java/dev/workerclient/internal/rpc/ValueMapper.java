package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.util.ClassUtil;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
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

  /** Whether no module writes texts in a way of its own. */
  private final boolean textsAreTexts;

  /**
   * Makes a mapper that puts values of those types into trees as they are.
   *
   * @param modules come after those that are found, and so before them
   */
  @SuppressWarnings("JavaUtilDate") // java.sql.Date has no toInstant().
  public ValueMapper(List<Class<?>> embedded, Module... modules) {
    SimpleModule module = new SimpleModule("worker-client-rpc");
    embedded.forEach(type -> embed(module, type, value -> value));
    embed(module, Instant.class, instant -> instant);
    embed(module, Date.class, date -> Instant.ofEpochMilli(date.getTime()));
    module.addDeserializer(JsonNode.class, new PlainTree());
    module.addDeserializer(Instant.class, InstantReader.of(Instant.class, instant -> instant));
    module.addDeserializer(Date.class, InstantReader.of(Date.class, Date::from));
    module.addDeserializer(
        OffsetDateTime.class,
        InstantReader.of(
            OffsetDateTime.class, at -> at.atOffset(ZoneOffset.UTC), OffsetDateTime::parse));
    module.addDeserializer(
        ZonedDateTime.class,
        InstantReader.of(
            ZonedDateTime.class, at -> at.atZone(ZoneOffset.UTC), ZonedDateTime::parse));
    this.mapper =
        JsonMapper.builder()
            // Not those of the thread that happens to be first.
            .addModules(MapperBuilder.findModules(ValueMapper.class.getClassLoader()))
            .addModule(module)
            .addModules(modules)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .withCoercionConfig(LogicalType.Integer, ValueMapper::requireOwnShape)
            .withCoercionConfig(LogicalType.Boolean, ValueMapper::requireOwnShape)
            .withCoercionConfig(LogicalType.Textual, ValueMapper::requireOwnShape)
            // After the modules, of which none shall let a Worker name the classes to instantiate.
            .deactivateDefaultTyping()
            .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder().build())
            .build();
    this.textsAreTexts = areTextsTexts();
  }

  private boolean areTextsTexts() {
    try {
      return ClassUtil.isJacksonStdImpl(
          mapper.getSerializerProviderInstance().findValueSerializer(String.class));
    } catch (JsonMappingException e) {
      return false;
    }
  }

  /**
   * JavaScript's types are a Worker's contract: a string is not a number, and a number is not a
   * string.
   */
  private static void requireOwnShape(MutableCoercionConfig coercions) {
    for (CoercionInputShape shape :
        List.of(
            CoercionInputShape.String,
            CoercionInputShape.Integer,
            CoercionInputShape.Float,
            CoercionInputShape.Boolean)) {
      coercions.setCoercion(shape, CoercionAction.Fail);
    }
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
   * @throws IllegalArgumentException if Jackson can't write it, for example because it contains
   *     itself
   */
  public JsonNode tree(@Nullable Object value) {
    if (value instanceof String text && textsAreTexts) {
      return TextNode.valueOf(text); // As the mapper does, which writes and reads a buffer for it.
    }
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
   * @throws JsonProcessingException if the tree is not such a value; the message may quote it
   */
  public @Nullable Object value(JsonNode tree, JavaType type) throws JsonProcessingException {
    try {
      // The mapper asks no reader for a tree, or for what stands in the tree as it is.
      return type.isTypeOrSubTypeOf(JsonNode.class) || type.isJavaLangObject()
          ? mapper.reader().treeToValue(tree, type)
          : mapper.treeToValue(tree, type);
    } catch (RuntimeException e) { // Jackson's readers throw what they did not think of.
      throw new JsonMappingException(
          null, "the value is not a " + type.toCanonical() + ": " + e, e);
    }
  }

  /** Jackson's form of a type. */
  public JavaType type(Type type) {
    return mapper.constructType(type);
  }
}
