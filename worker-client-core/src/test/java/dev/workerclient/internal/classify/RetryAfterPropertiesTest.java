package dev.workerclient.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

/** {@code Retry-After} in both its forms, and whatever else stands there. */
class RetryAfterPropertiesTest {
  private static final long TEN_YEARS = 10L * 365 * 24 * 3600;
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Property
  void upToNineDigitsAreSeconds(
      @ForAll @IntRange(max = 999_999_999) int seconds, @ForAll @IntRange(min = 1, max = 9) int w) {
    String padded = String.format("%0" + w + "d", seconds);

    assertThat(RetryAfter.parse(padded, CLOCK)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Property
  void moreDigitsAreIgnored(@ForAll @NumericChars @StringLength(min = 10, max = 40) String digits) {
    assertThat(RetryAfter.parse(digits, CLOCK)).isNull();
  }

  @Property
  void aDateIsTheTimeUntilItAndZeroOncePast(
      @ForAll @LongRange(min = -TEN_YEARS, max = TEN_YEARS) long seconds) {
    assertThat(RetryAfter.parse(HTTP_DATE.format(NOW.plusSeconds(seconds)), CLOCK))
        .isEqualTo(Duration.ofSeconds(Math.max(0, seconds)));
  }

  @Property
  void anythingElseIsIgnored(@ForAll("notSeconds") String value) {
    assertThat(RetryAfter.parse(value, CLOCK)).isNull();
  }

  @Property
  void aDateWithACharacterTooManyIsIgnored(
      @ForAll @IntRange(max = 29) int at, @ForAll("noise") String noise) {
    StringBuilder date = new StringBuilder(HTTP_DATE.format(NOW)).insert(at, noise);

    assertThat(RetryAfter.parse("x" + date, CLOCK)).isNull();
  }

  @Provide
  Arbitrary<String> notSeconds() {
    Arbitrary<String> digits = Arbitraries.strings().numeric().ofMaxLength(4);
    return Arbitraries.oneOf(
        Combinators.combine(digits, noise(), digits).as((a, b, c) -> a + b + c),
        Arbitraries.strings().filter(text -> !text.matches("\\s*[0-9]{1,9}\\s*")));
  }

  /** Signs, points, letters and other scripts' digits; no blanks, which may stand around. */
  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.of("+", "-", ".", "e", "x", ",", ";", "\u0663", "\uff11", "\u0967", "s");
  }
}
