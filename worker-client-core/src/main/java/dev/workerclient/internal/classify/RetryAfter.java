package dev.workerclient.internal.classify;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After} in both its forms.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110.html#section-10.2.3">RFC 9110, 10.2.3</a>
 */
public final class RetryAfter {
  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /** Returns the wait from now; zero for a past date; null where the value is neither. */
  public static @Nullable Duration parse(@Nullable String value, InstantSource clock) {
    if (value == null) {
      return null;
    }
    String text = value.trim();
    Duration seconds = seconds(text);
    return seconds != null ? seconds : untilDate(text, clock.instant());
  }

  /** Returns the duration of up to 9 ASCII digits of seconds, or null for anything else. */
  static @Nullable Duration seconds(String text) {
    if (text.isEmpty() || text.length() > MOST_DIGITS) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return null;
      }
    }
    return Duration.ofSeconds(Long.parseLong(text));
  }

  private static @Nullable Duration untilDate(String text, Instant now) {
    try {
      Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      return date.isBefore(now) ? Duration.ZERO : Duration.between(now, date);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
