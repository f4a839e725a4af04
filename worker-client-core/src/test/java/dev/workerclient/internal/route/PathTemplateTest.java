package dev.workerclient.internal.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One slot is one encoded segment. What is refused is in BadInputTest. */
class PathTemplateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tts | /v1/tts/x",
        "a/b | /v1/a%2Fb/x",
        "a b | /v1/a%20b/x",
        "../admin | /v1/..%2Fadmin/x",
        "%2e%2e | /v1/%252e%252e/x",
        "? | /v1/%3F/x",
        "é | /v1/%C3%A9/x",
        "😀 | /v1/%F0%9F%98%80/x",
        "a\\b | /v1/a%5Cb/x",
        "... | /v1/.../x",
        "~-_. | /v1/~-_./x",
      })
  void aValueIsEncodedAsOneSegment(String value, String path) {
    assertThat(PathTemplate.expand("/v1/{name}/x", value)).isEqualTo(path);
  }

  @Test
  void slotsAreFilledInOrderAndKeepWhatLooksLikeASlot() {
    assertThat(PathTemplate.expand("/{a}/{b}.json", "{b}", 7)).isEqualTo("/%7Bb%7D/7.json");
  }

  @Test
  void anEncodedTemplateIsLeftAsItIs() {
    assertThat(PathTemplate.expand("/a%2Fb/c;d=1/:e@f")).isEqualTo("/a%2Fb/c;d=1/:e@f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".", "..", "/a/.", "/a/../b", "/a/%2e/b", "/a/%2E%2e", "/a/.%2e/", "/a\\..\\b"})
  void aSegmentOfOneOrTwoDotsIsSeenHoweverItIsWritten(String path) {
    assertThat(PathTemplate.hasDotSegment(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/...", "/.a", "/a..", "/..%2f", "/%2e%2e%2e", "/%2", "/a.b//"})
  void anyOtherSegmentIsNone(String path) {
    assertThat(PathTemplate.hasDotSegment(path)).isFalse();
  }
}
