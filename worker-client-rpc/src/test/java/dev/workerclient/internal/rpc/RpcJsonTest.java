package dev.workerclient.internal.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The limits of what a batch may hold, whatever those of the Jackson at hand are. */
class RpcJsonTest {
  @Test
  void aStringHas32MiCharactersAtMost() throws Exception {
    String longest = "x".repeat(32 * 1024 * 1024);

    assertThat(Answers.read(resolve("\"" + longest + "\"")).value(1).textValue())
        .hasSameSizeAs(longest);
    Answers more = Answers.read(resolve("\"" + longest + "x\""));
    assertThatThrownBy(() -> more.value(1))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("string");
  }

  @Test
  void aValueIs256LevelsDeepAtMost() throws Exception {
    assertThat(Answers.read(resolve(nested(256))).value(1)).isNotNull();
    Answers more = Answers.read(resolve(nested(257)));
    assertThatThrownBy(() -> more.value(1)).isInstanceOf(ProtocolException.class);
  }

  @Test
  void aValueOfThatDepthIsWritten() {
    ValueMapper values = new ValueMapper(List.of());
    Object value = 1;
    for (int depth = 0; depth < 256; depth++) {
      value = List.of(value);
    }
    Object deepest = value;

    String line =
        MessageText.of(
            "push",
            out -> new ExpressionWriter(out, (reference, to) -> {}).write(values.tree(deepest)));

    assertThat(line).isEqualTo("[\"push\"," + nested(256) + "]");
  }

  private static String resolve(String expression) {
    return "[\"resolve\",1," + expression + "]";
  }

  /** An array in an array, each escaped. */
  private static String nested(int depth) {
    return "[[".repeat(depth) + "1" + "]]".repeat(depth);
  }
}
