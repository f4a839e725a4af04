package dev.workerclient.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JacksonCodecOfTest {
  private static final PolymorphicTypeValidator ANY =
      BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build();

  record Item(String itemName) {}

  record Broken(String name) {
    Broken {
      if (name.isEmpty()) {
        throw new IllegalStateException("broken record");
      }
    }
  }

  static final class BrokenModifier extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
      throw new IllegalStateException("broken modifier");
    }
  }

  @Test
  void usersSettingsAreHonoured() throws IOException {
    JacksonCodec codec =
        JacksonCodec.of(
            JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build());

    assertThat(codec.encode(new Item("a"))).asString(UTF_8).isEqualTo("{\"item_name\":\"a\"}");
    assertThat(codec.decode("{\"item_name\":\"a\"}".getBytes(UTF_8), Item.class))
        .isEqualTo(new Item("a"));
    assertThatThrownBy(() -> codec.decode("{\"other\":1}".getBytes(UTF_8), Item.class))
        .as("Jackson's own default, which this mapper did not change")
        .isInstanceOf(IOException.class);
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
  void bodyIsNotQuotedEvenWhereTheMapperWould() {
    JsonFactory quoting =
        JsonFactory.builder().enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();
    JacksonCodec codec = JacksonCodec.of(new JsonMapper(quoting));

    assertThatThrownBy(
            () -> codec.decode("{\"key\":\"secret\",\"itemName\":[}".getBytes(UTF_8), Map.class))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void whatJacksonDoesNotWrapIsAnIoExceptionAllTheSame() {
    JacksonCodec codec =
        JacksonCodec.of(
            JsonMapper.builder()
                .addModule(new SimpleModule().setSerializerModifier(new BrokenModifier()))
                .disable(DeserializationFeature.WRAP_EXCEPTIONS)
                .build());

    assertThatThrownBy(() -> codec.encode(new Broken("x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Broken")
        .hasRootCauseMessage("broken modifier");
    assertThatThrownBy(() -> codec.decode("{\"name\":\"\"}".getBytes(UTF_8), Broken.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Broken")
        .hasRootCauseMessage("broken record");
  }

  @Test
  void activeDefaultTypingIsRefused() {
    List<ObjectMapper> mappers =
        List.of(
            JsonMapper.builder().activateDefaultTyping(ANY, DefaultTyping.NON_FINAL).build(),
            JsonMapper.builder().activateDefaultTyping(ANY, DefaultTyping.JAVA_LANG_OBJECT).build(),
            JsonMapper.builder()
                .activateDefaultTypingAsProperty(ANY, DefaultTyping.JAVA_LANG_OBJECT, "@class")
                .build());

    for (ObjectMapper mapper : mappers) {
      assertThatThrownBy(() -> JacksonCodec.of(mapper))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("default typing")
          .hasMessageContaining("Id.NAME");
    }
  }

  @Test
  void defaultTypingActivatedLaterDoesNotReachTheCodec() throws IOException {
    ObjectMapper mapper = new JsonMapper();
    JacksonCodec codec = JacksonCodec.of(mapper);

    mapper.activateDefaultTyping(ANY, DefaultTyping.NON_FINAL);

    assertThat(codec.decode("[\"java.util.ArrayList\",[]]".getBytes(UTF_8), Object.class))
        .isEqualTo(List.of("java.util.ArrayList", List.of()));
  }

  @Test
  void mapperOfAnotherFormatIsRefused() {
    JsonFactory smile =
        new JsonFactory() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getFormatName() {
            return "Smile";
          }
        };

    assertThatThrownBy(() -> JacksonCodec.of(new ObjectMapper(smile)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Smile")
        .hasMessageContaining("JsonMapper");
  }
}
