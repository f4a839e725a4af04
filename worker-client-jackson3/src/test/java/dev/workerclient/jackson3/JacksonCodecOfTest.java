package dev.workerclient.jackson3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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

  static final class BrokenModifier extends ValueSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
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
    assertThatThrownBy(() -> codec.decode("{} {}".getBytes(UTF_8), Item.class))
        .as("Jackson's own default, which this mapper did not change")
        .isInstanceOf(IOException.class);
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
