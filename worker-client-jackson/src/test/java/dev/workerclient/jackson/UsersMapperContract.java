package dev.workerclient.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workerclient.BodyCodec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The codec made of the user's mapper, for both versions of Jackson. */
public abstract class UsersMapperContract {
  record Item(String itemName) {}

  record Broken(String name) {
    Broken {
      if (name.isEmpty()) {
        throw new IllegalStateException("broken record");
      }
    }
  }

  /** Of a mapper with names in snake case, whose other settings are Jackson's own. */
  protected abstract BodyCodec inSnakeCase();

  /** An {@link Item} that Jackson's own settings refuse, and those of the default mapper do not. */
  protected abstract String refusedByJacksonsOwnSettings();

  /** Of a mapper whose messages quote the source. */
  protected abstract BodyCodec quotingTheSource();

  /** Of a mapper that wraps no exception, with a module that throws "broken modifier" to write. */
  protected abstract BodyCodec wrappingNothing();

  /** Each makes a codec of a mapper with default typing. */
  protected abstract List<ThrowingCallable> makersWithDefaultTyping();

  /** Makes a codec of a mapper of the format Smile. */
  protected abstract BodyCodec ofSmile();

  @Test
  void usersSettingsAreHonoured() throws IOException {
    BodyCodec codec = inSnakeCase();

    assertThat(codec.encode(new Item("a"))).asString(UTF_8).isEqualTo("{\"item_name\":\"a\"}");
    assertThat(codec.decode("{\"item_name\":\"a\"}".getBytes(UTF_8), Item.class))
        .isEqualTo(new Item("a"));
    assertThatThrownBy(
            () -> codec.decode(refusedByJacksonsOwnSettings().getBytes(UTF_8), Item.class))
        .isInstanceOf(IOException.class);
  }

  @Test
  void bodyIsNotQuotedEvenIfTheMapperWould() {
    BodyCodec codec = quotingTheSource();

    assertThatThrownBy(
            () -> codec.decode("{\"key\":\"secret\",\"itemName\":[}".getBytes(UTF_8), Map.class))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void whatJacksonDoesNotWrapIsAnIoExceptionAllTheSame() {
    BodyCodec codec = wrappingNothing();

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
    assertThat(makersWithDefaultTyping())
        .hasSize(3)
        .allSatisfy(
            maker ->
                assertThatThrownBy(maker)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("default typing")
                    .hasMessageContaining("Id.NAME"));
  }

  @Test
  void mapperOfAnotherFormatIsRefused() {
    assertThatThrownBy(this::ofSmile)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Smile")
        .hasMessageContaining("JsonMapper");
  }
}
