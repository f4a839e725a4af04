package dev.workerclient.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

/** Whatever a remote says ends as one short visible line. */
class RemoteTextPropertiesTest {
  private static final int LONGEST = 300;

  @Property
  void anyTextBecomesOneVisibleLine(@ForAll("hostile") String text) {
    assertThat(RemoteText.clean(text).codePoints()).allMatch(Visible::is);
  }

  @Property
  void aTextIsShortHoweverMuchOfItIsEscaped(@ForAll("hostile") String text) {
    assertThat(RemoteText.clean(text)).hasSizeLessThan(ReplyLaws.LONGEST);
  }

  @Property
  void aShortVisibleTextStaysAsItIs(@ForAll @AlphaChars @StringLength(max = LONGEST) String text) {
    assertThat(RemoteText.clean(text)).isEqualTo(text);
  }

  @Property
  void whatIsCleanAndWholeStaysAsItIs(@ForAll("hostile") String text) {
    String clean = RemoteText.clean(text);
    if (clean.length() <= LONGEST) {
      assertThat(RemoteText.clean(clean)).isEqualTo(clean);
    }
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(400),
        Arbitraries.strings()
            .withChars('\r', '\n', '\u001b', '\u0085', '\u2028', '\u202e', '\ud83d', '\ude00', 'a')
            .ofMaxLength(700));
  }
}
