package dev.workerclient.jackson3;

import dev.workerclient.BodyCodec;
import dev.workerclient.jackson.UsersMapperContract;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;

class JacksonCodecOfTest extends UsersMapperContract {
  private static final PolymorphicTypeValidator ANY =
      BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build();

  static final class BrokenModifier extends ValueSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
      throw new IllegalStateException("broken modifier");
    }
  }

  @Override
  protected BodyCodec inSnakeCase() {
    return JacksonCodec.of(
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());
  }

  @Override
  protected String refusedByJacksonsOwnSettings() {
    return "{} {}";
  }

  @Override
  protected BodyCodec quotingTheSource() {
    return JacksonCodec.of(
        new JsonMapper(
            JsonFactory.builder().enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build()));
  }

  @Override
  protected BodyCodec wrappingNothing() {
    return JacksonCodec.of(
        JsonMapper.builder()
            .addModule(new SimpleModule().setSerializerModifier(new BrokenModifier()))
            .disable(DeserializationFeature.WRAP_EXCEPTIONS)
            .build());
  }

  @Override
  protected List<ThrowingCallable> makersWithDefaultTyping() {
    return Stream.of(
            JsonMapper.builder().activateDefaultTyping(ANY, DefaultTyping.NON_FINAL),
            JsonMapper.builder().activateDefaultTyping(ANY, DefaultTyping.JAVA_LANG_OBJECT),
            JsonMapper.builder()
                .activateDefaultTypingAsProperty(ANY, DefaultTyping.JAVA_LANG_OBJECT, "@class"))
        .map(mapper -> (ThrowingCallable) () -> JacksonCodec.of(mapper.build()))
        .toList();
  }

  @Override
  protected BodyCodec ofSmile() {
    return JacksonCodec.of(
        new ObjectMapper(
            new JsonFactory() {
              private static final long serialVersionUID = 1L;

              @Override
              public String getFormatName() {
                return "Smile";
              }
            }));
  }
}
