package dev.workerclient.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
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
  void aFractionIsRoundedUp(
      @ForAll @IntRange(max = 999_999_998) int whole,
      @ForAll @NumericChars @StringLength(min = 1, max = 40) String fraction) {
    boolean exact = fraction.matches("0+");

    assertThat(RetryAfter.parse(whole + "." + fraction, CLOCK))
        .isEqualTo(Duration.ofSeconds(exact ? whole : whole + 1L));
  }

  /** The wait becomes nanoseconds, grows by jitter and is added to a clock. */
  @Property
  void noWaitIsNegativeOrTooLongForNanoseconds(
      @ForAll("extremes") String value, @ForAll("clocks") Instant now) {
    Duration wait = RetryAfter.parse(value, InstantSource.fixed(now));

    assertThat(wait == null || !wait.isNegative()).isTrue();
    assertThat(wait == null ? 0 : wait.toNanos()).isLessThan(Long.MAX_VALUE / 4);
  }

  @Property
  void aLaterDateIsNoShorterWait(
      @ForAll("dates") Instant one, @ForAll("dates") Instant other, @ForAll("clocks") Instant now) {
    Instant earlier = one.isBefore(other) ? one : other;
    Instant later = one.isBefore(other) ? other : one;

    assertThat(wait(later, now)).isGreaterThanOrEqualTo(wait(earlier, now));
  }

  @Property
  void moreSecondsAreNoShorterWait(
      @ForAll("numbers") BigDecimal one, @ForAll("numbers") BigDecimal other) {
    assertThat(wait(one.max(other))).isGreaterThanOrEqualTo(wait(one.min(other)));
  }

  private static Duration wait(Instant date, Instant now) {
    return Objects.requireNonNull(
        RetryAfter.parse(HTTP_DATE.format(date), InstantSource.fixed(now)));
  }

  private static Duration wait(BigDecimal seconds) {
    return Objects.requireNonNull(RetryAfter.parse(seconds.toPlainString(), CLOCK));
  }

  @Provide
  Arbitrary<BigDecimal> numbers() {
    return Arbitraries.bigDecimals()
        .between(BigDecimal.ZERO, new BigDecimal("999999999.999999"))
        .ofScale(6);
  }

  @Provide
  Arbitrary<Instant> dates() {
    return Arbitraries.longs()
        .between(0, Instant.parse("9999-12-31T23:59:59Z").getEpochSecond())
        .map(Instant::ofEpochSecond);
  }

  @Provide
  Arbitrary<Instant> clocks() {
    return Arbitraries.oneOf(dates(), Arbitraries.of(Instant.MIN, Instant.EPOCH, Instant.MAX));
  }

  @Provide
  Arbitrary<String> extremes() {
    return Arbitraries.oneOf(
        dates().map(HTTP_DATE::format),
        Arbitraries.of(
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Sat, 01 Jan 0000 00:00:00 GMT",
            "Fri, 31 Dec 9999 23:59:59 -1800",
            "999999999",
            "999999999.9",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "0.00000000000000000000000000000001",
            "1e308",
            "NaN",
            "Infinity"));
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
        Combinators.combine(digits, noise(), digits)
            .as((a, b, c) -> a + b + c)
            .filter(text -> !text.matches("[0-9]+[.][0-9]+")),
        Arbitraries.strings().filter(text -> !text.matches("\\s*[0-9]{1,9}([.][0-9]+)?\\s*")));
  }

  /** Signs, points, letters and other scripts' digits; no blanks, which may stand around. */
  @Provide
  Arbitrary<String> noise() {
    return Arbitraries.of("+", "-", ".", "e", "x", ",", ";", "\u0663", "\uff11", "\u0967", "s");
  }
}
