package dev.workerclient.internal.classify;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After} in both its forms. No wait is longer than 999,999,999 seconds: 31
 * years, which fit into nanoseconds with room for jitter.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110.html#section-10.2.3">RFC 9110, 10.2.3</a>
 */
public final class RetryAfter {
  private static final int MOST_DIGITS = 9;
  private static final Duration LONGEST = Duration.ofSeconds(999_999_999);

  private RetryAfter() {}

  /** Returns the wait from now; zero for a past date; null if the value is neither. */
  public static @Nullable Duration parse(@Nullable String value, InstantSource clock) {
    if (value == null) {
      return null;
    }
    String text = value.trim();
    Duration seconds = seconds(text);
    return seconds != null ? seconds : untilDate(text, clock.instant());
  }

  /**
   * Returns the duration of up to 9 ASCII digits of seconds, a fraction rounded up to the next
   * second; null for anything else.
   */
  static @Nullable Duration seconds(String text) {
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    if (whole.length() > MOST_DIGITS || !isDigits(whole)) {
      return null;
    }
    Duration seconds = Duration.ofSeconds(Long.parseLong(whole));
    if (point < 0) {
      return seconds;
    }
    String fraction = text.substring(point + 1);
    if (!isDigits(fraction)) {
      return null;
    }
    boolean exact = fraction.chars().allMatch(digit -> digit == '0');
    return exact ? seconds : atMost(seconds.plusSeconds(1));
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static @Nullable Duration untilDate(String text, Instant now) {
    try {
      Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      return date.isBefore(now) ? Duration.ZERO : atMost(Duration.between(now, date));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Duration atMost(Duration wait) {
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
