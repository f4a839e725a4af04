package dev.workerclient.internal.classify;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a request's headers is hidden in a remote's text, and what stays. */
class SecretsTest {
  private static final Secrets BEARER = secrets("Authorization", "Bearer tok-1234567890");

  private static Secrets secrets(String... headers) {
    return new Secrets(Headers.of(headers));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Authorization | Bearer s3cret-value",
        "Binding-Proxy-Authorization | Bearer s3cret-value",
        "CF-Access-Client-Id | s3cret-value",
        "CF-Access-Client-Secret | s3cret-value",
        "X-Api-Key | s3cret-value",
        "X-Auth | s3cret-value",
        "x-session | s3cret-value",
        "Cookie | a=b; sid=s3cret-value; c=d",
        "Authorization | Basic s3cret-value=="
      })
  void theValueOfACredentialIsHidden(String name, String value) {
    assertThat(secrets(name, value).hide("you sent s3cret-value, s3cret-value!"))
        .isEqualTo("you sent (hidden), (hidden)!");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept | application/json",
        "X-Tenant | application/json",
        "Idempotency-Key | application/json",
        "Content-Type | application/json"
      })
  void anyOtherHeaderStays(String name, String value) {
    assertThat(secrets(name, value).hide("not application/json")).isEqualTo("not application/json");
  }

  @Test
  void aTextThatIsCutWithinASecretShowsNoLongPartOfIt() {
    assertThat(BEARER.hide("you sent Bearer tok-12345…")).isEqualTo("you sent Bearer (hidden)…");
    assertThat(BEARER.hide("unrecognized token '1234567890'"))
        .isEqualTo("unrecognized token '(hidden)'");
  }

  @Test
  void aShortSecretAtTheEndIsHiddenEachTime() {
    assertThat(secrets("Cookie", "id=q7x9").hide("you sent q7x9q7x9"))
        .isEqualTo("you sent (hidden)(hidden)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"8f00aa11bb22cc33-FRA", "0123456789abcdef-AMZ"})
  void aRayIdOfCloudflaresFormStaysAsItIs(String ray) {
    assertThat(secrets("X-Token", ray).hideInRay(ray)).isEqualTo(ray);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8f00aa11bb22cc33-FR",
        "8f00aa11bb22cc33-FRAX",
        "8f00aa11bb22cc330FRA",
        "8f00aa11bb22cc3-3FRA",
        "8f00aa11bb22cc3g-FRA",
        "8f00aa11bb22cc3`-FRA",
        "8f00aa11bb22cc3F-FRA",
        "8f00aa11bb22cc3:-FRA",
        "/f00aa11bb22cc33-FRA",
        "8f00aa11bb22cc33-FR@",
        "8f00aa11bb22cc33-FR[",
        "8f00aa11bb22cc33-fra",
        "8f00aa11bb22cc33-0RA",
        "s3cret-value"
      })
  void aSecretThatIsSentBackAsARayIdIsHidden(String ray) {
    assertThat(secrets("X-Token", ray).hideInRay(ray)).isEqualTo("(hidden)");
  }

  @Test
  void whatIsAbsentStaysAbsent() {
    assertThat(BEARER.hideIn(null)).isNull();
    assertThat(BEARER.hideIn("tok-1234567890!")).isEqualTo("(hidden)!");
  }

  @Test
  void wordsAroundASecretStay() {
    String text = "a Bearer token is missing, or has expired; tok-12 is none";
    assertThat(BEARER.hide(text)).isEqualTo(text);
    assertThat(secrets("Authorization", "Bearer abc").hide("abc")).isEqualTo("abc");
    assertThat(secrets("Authorization", "Bearer").hide("Bearer")).isEqualTo("Bearer");
    assertThat(secrets("Cookie", "=;;,").hide("a=b;;c")).isEqualTo("a=b;;c");
  }

  @Test
  void itShowsNothingOfItself() {
    assertThat(BEARER).hasToString("(hidden)");
    assertThat(Secrets.NONE.hide("anything")).isEqualTo("anything");
  }
}
