package dev.workerclient.workerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** That workerd reads them back as they were is tested on real workerd. */
class CapnpTextTest {
  @Test
  void whatIsNotPrintableAsciiIsWrittenAsItsBytes() {
    assertThat(CapnpText.quote("a~ 'b' `c`")).isEqualTo("\"a~ 'b' `c`\"");
    assertThat(CapnpText.quote("\"\\")).isEqualTo("\"\\\"\\\\\"");
    assertThat(CapnpText.quote("\n\0\u007fé😀"))
        .isEqualTo("\"\\x0a\\x00\\x7f\\xc3\\xa9\\xf0\\x9f\\x98\\x80\"");
  }

  @Test
  void halfACharacterIsRefusedAndNotShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CapnpText.quote("secret\ud83d"))
        .withMessageContaining("half a surrogate pair")
        .withMessageNotContaining("secret");
  }
}
