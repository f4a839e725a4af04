package dev.workerclient.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectMapper.DefaultTyping;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import dev.workerclient.BodyCodec;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class JacksonCodecOfTest extends UsersMapperContract {
  private static final PolymorphicTypeValidator ANY =
      BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build();

  static final class BrokenModifier extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
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
    return "{\"other\":1}";
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

  @Test
  void usersMapperIsNotChanged() throws IOException {
    ObjectMapper mapper = JsonMapper.builder().build();
    int reading = mapper.getDeserializationConfig().getDeserializationFeatures();
    int writing = mapper.getSerializationConfig().getSerializationFeatures();

    JacksonCodec codec = JacksonCodec.of(mapper);
    codec.decode(codec.encode(new Item("a")), Item.class);

    assertThat(mapper.getDeserializationConfig().getDeserializationFeatures()).isEqualTo(reading);
    assertThat(mapper.getSerializationConfig().getSerializationFeatures()).isEqualTo(writing);
    assertThat(mapper.getRegisteredModuleIds()).isEmpty();
    assertThat(mapper.isEnabled(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)).isFalse();
  }

  @Test
  void defaultTypingActivatedLaterDoesNotReachTheCodec() throws IOException {
    ObjectMapper mapper = new JsonMapper();
    JacksonCodec codec = JacksonCodec.of(mapper);

    mapper.activateDefaultTyping(ANY, DefaultTyping.NON_FINAL);

    assertThat(codec.decode("[\"java.util.ArrayList\",[]]".getBytes(UTF_8), Object.class))
        .isEqualTo(List.of("java.util.ArrayList", List.of()));
  }
}
