package dev.workerclient.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a remote may say in a header or a text, and what of it is believed. */
class RemoteValuesTest {
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-11-01T00:00:00Z"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "30 | 30",
        "999999999 | 999999999",
        "1.0 | 1",
        "0.4 | 1",
        "30.5 | 31",
        "0.0 | 0",
        "0.30000000000000004 | 1",
        "999999999.5 | 999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT | 999999999",
        "Sun, 01 Nov 2026 00:00:30 GMT | 30",
        "Sat, 31 Oct 2026 00:00:00 GMT | 0"
      })
  void retryAfterIsReadInBothForms(String value, long seconds) {
    assertThat(RetryAfter.parse(value, NOW)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "-0.5",
        "+1",
        ".5",
        "1.",
        "1.2.3",
        "1,5",
        "1.٣",
        "1e3",
        "9999999999",
        "soon",
        "٣",
        "0x10",
        "2026-11-01"
      })
  void anyOtherRetryAfterIsIgnored(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isNull();
  }

  @Test
  void remoteTextStaysOneShortVisibleLine() {
    assertThat(RemoteText.clean("a\r\nb\u001b[31m\u2028\u202e\u0000"))
        .isEqualTo("a\\u000d\\u000ab\\u001b[31m\\u2028\\u202e\\u0000");
    assertThat(RemoteText.clean("x".repeat(1000))).hasSize(301).endsWith("…");
    assertThat(RemoteText.clean("grüße 😀 \ud83d")).isEqualTo("grüße 😀 \\ud83d");
  }
}
