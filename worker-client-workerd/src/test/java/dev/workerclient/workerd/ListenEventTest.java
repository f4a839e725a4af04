package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenEventTest {
  @Test
  void aSocketThatListensHasANameAndAPort() {
    assertThat(ListenEvent.parse(line("http", "38527"))).isEqualTo(new ListenEvent("http", 38527));
    assertThat(ListenEvent.parse(line("", "1"))).isEqualTo(new ListenEvent("", 1));
    assertThat(ListenEvent.parse("{\"event\":\"listen\",\"socket\":\"a\",\"port\":7,\"tls\":true}"))
        .isEqualTo(new ListenEvent("a", 7));
  }

  @Test
  void aNameIsReadWithAndWithoutEscapes() {
    assertThat(ListenEvent.parse(line("say \\\"hi\\\"\\n", "7")))
        .isEqualTo(new ListenEvent("say \"hi\"\n", 7));
    assertThat(ListenEvent.parse(line("say \"hi\"", "7")))
        .isEqualTo(new ListenEvent("say \"hi\"", 7));
    assertThat(ListenEvent.parse(line("C:\\path", "7"))).isEqualTo(new ListenEvent("C:\\path", 7));
    assertThat(ListenEvent.parse(line("\",\"port\":8}", "7")))
        .isEqualTo(new ListenEvent("\",\"port\":8}", 7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "listening",
        "{\"event\":\"other\"}",
        "{\"event\":\"listen\"}",
        "{\"event\":\"listen\",\"socket\":\"unix\",\"port\":0}",
        "{\"event\":\"listen\",\"socket\":\"a\",\"port\":\"7\"}",
        "{\"event\":\"listen\",\"socket\":\"a\",\"port\":99999999999}",
        " {\"event\":\"listen\",\"socket\":\"a\",\"port\":7}"
      })
  void anyOtherLineIsNotAnEvent(String line) {
    assertThat(ListenEvent.parse(line)).isNull();
  }

  private static String line(String name, String port) {
    return "{\"event\":\"listen\",\"socket\":\"" + name + "\",\"port\":" + port + "}";
  }
}
