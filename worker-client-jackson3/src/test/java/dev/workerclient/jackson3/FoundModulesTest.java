package dev.workerclient.jackson3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.jackson.FoundModulesContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;

class FoundModulesTest extends FoundModulesContract {
  private static final PolymorphicTypeValidator ANY =
      BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build();

  FoundModulesTest() {
    super(new JacksonCodec(), JacksonModule.class);
  }

  /** Lets bodies name the classes of what is not final. */
  public static final class TypingModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    @Override
    public void setupModule(SetupContext context) {
      ((MapperBuilder<?, ?>) context.getOwner())
          .activateDefaultTyping(ANY, DefaultTyping.NON_FINAL);
    }
  }

  /** Lets bodies name classes where an annotation asks for it. */
  public static final class ValidatorModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    @Override
    public void setupModule(SetupContext context) {
      ((MapperBuilder<?, ?>) context.getOwner()).polymorphicTypeValidator(ANY);
    }
  }

  @Test
  void kotlinsModuleIsFound() {
    assertThat(DefaultMapper.create(getClass().getClassLoader()).registeredModules())
        .extracting(module -> module.getClass().getName())
        .contains("tools.jackson.module.kotlin.KotlinModule");
  }

  @Test
  void aModuleThatLetsABodyNameClassesIsRefused() throws IOException {
    assertRefused(TypingModule.class);
    assertRefused(ValidatorModule.class);
  }

  private void assertRefused(Class<?> module) throws IOException {
    ClassLoader loader = finding(module);
    assertThatThrownBy(() -> DefaultMapper.create(loader))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("class path")
        .hasMessageContaining("JacksonCodec.of(mapper)")
        .hasMessageContaining(module.getSimpleName());
  }
}
