package dev.workerclient.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class FoundModulesTest extends FoundModulesContract {
  private static final PolymorphicTypeValidator ANY =
      BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build();

  FoundModulesTest() {
    super(new JacksonCodec(), Module.class);
  }

  /** Lets bodies name classes, and text follow a value. */
  public static final class CarelessModule extends SimpleModule {
    private static final long serialVersionUID = 1L;
    static final List<Object> SET_UP = new ArrayList<>();

    @Override
    public void setupModule(SetupContext context) {
      ObjectMapper mapper = context.getOwner();
      mapper.activateDefaultTyping(ANY, ObjectMapper.DefaultTyping.NON_FINAL);
      mapper.setPolymorphicTypeValidator(ANY);
      SET_UP.add(this);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  interface ByClass {}

  static final class Gadget implements ByClass {}

  @Test
  void kotlinsModuleIsFound() {
    assertThat(DefaultMapper.create(getClass().getClassLoader()).getRegisteredModuleIds())
        .anyMatch(id -> id.toString().contains("jackson.module.kotlin.KotlinModule"));
  }

  @Test
  void aModuleThatIsFoundLetsNoBodyNameClasses() throws IOException {
    ObjectMapper mapper = DefaultMapper.create(finding(CarelessModule.class));

    assertThat(CarelessModule.SET_UP).hasSize(1);
    assertThat(readTree(mapper, "[\"java.util.ArrayList\",[]]"))
        .isEqualTo(List.of("java.util.ArrayList", List.of()));
    Assertions.assertThatThrownBy(
            () ->
                mapper.readValue("{\"@class\":\"" + Gadget.class.getName() + "\"}", ByClass.class))
        .isInstanceOf(InvalidTypeIdException.class);
  }

  private static Object readTree(ObjectMapper mapper, String json) throws JsonProcessingException {
    return mapper.readValue(json, Object.class);
  }
}
