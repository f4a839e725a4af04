package dev.workerclient.jackson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemJsonHostileTest {
  private static final String REQUIRED =
      "\"type\":\"urn:worker-client:X\",\"service\":\"A\",\"method\":\"GET /\",\"code\":\"X\","
          + "\"delivery\":\"DELIVERED\"";
  private static final ServiceError PLAIN =
      ServiceError.builder("A", "GET /", "X").delivery(Delivery.DELIVERED).build();

  @Test
  void requiredMembersAreEnough() {
    assertThat(read("{" + REQUIRED + "}")).isEqualTo(PLAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"type", "service", "method", "code", "delivery"})
  void withoutARequiredMemberItIsNone(String name) {
    assertThat(read("{" + REQUIRED.replace('"' + name + '"', "\"other\"") + "}")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`\"urn:worker-client:X\"` | 1",
        "`\"urn:worker-client:X\"` | `\"https://example.com/problem\"`",
        "`\"A\"` | `[\"A\"]`",
        "`\"GET /\"` | `{\"GET\":\"/\"}`",
        "`\"code\":\"X\"` | `\"code\":null`",
        "`\"DELIVERED\"` | `\"PROBABLY\"`",
        "`\"DELIVERED\"` | `\"delivered\"`",
        "`\"DELIVERED\"` | 2"
      })
  void requiredMemberOfAWrongTypeOrValueMakesItNone(String valid, String wrong) {
    assertThat(REQUIRED).contains(valid);

    assertThat(read("{" + REQUIRED.replace(valid, wrong) + "}")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`status`:`502`",
        "`status`:404.5",
        "`status`:-1",
        "`status`:99999999999",
        "`detail`:[`x`]",
        "`retryable`:`true`",
        "`retryable`:1",
        "`retryAfter`:`30`",
        "`retryAfter`:-1",
        "`retryAfter`:-0.5",
        "`retryAfter`:1000000000",
        "`retryAfter`:1e999999999",
        "`retryAfter`:1e-999999999",
        "`retryAfter`:0.0000000001",
        "`retryAfter`:12345678901234567890",
        "`retryAfter`:null",
        "`rayId`:7",
        "`cloudflareCode`:`1042`",
        "`cloudflareCode`:-1042",
        "`cloudflareCode`:100000",
        "`cloudflareCode`:12345678901234567890123456789012",
        "`diagnosis`:[]",
        "`diagnosis`:`x`",
        "`diagnosis`:{`cause`:1,`fix`:{},`resend`:null}",
        "`attempts`:{`a`:{`route`:`r`,`delivery`:`UNKNOWN`}}",
        "`attempts`:`x`",
        "`attempts`:[1,`x`,null,[],{}]",
        "`attempts`:[{`route`:1,`delivery`:`UNKNOWN`}]",
        "`attempts`:[{`route`:`r`,`delivery`:`MAYBE`}]",
        "`unknown`:{`a`:[{`b`:1e5}]}"
      })
  void otherMemberOfAWrongTypeOrValueCountsAsAbsent(String member) {
    assertThat(read("{" + REQUIRED + "," + member.replace('`', '"') + "}")).isEqualTo(PLAIN);
  }

  @Test
  void attemptKeepsWhatIsRightOfIt() {
    ServiceError error =
        valid(
            ("{%s,`attempts`:[{`route`:`r`,`delivery`:`UNKNOWN`,`status`:7,`rayId`:[],"
                    + "`elapsedMillis`:-5,`failure`:`F`,`message`:1,`exchanges`:-1}]}")
                .formatted(REQUIRED)
                .replace('`', '"'));

    assertThat(error.attempts())
        .containsExactly(Attempt.builder("r").delivery(Delivery.UNKNOWN).failure("F", "").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2.5", "1e3", "`7`", "[7]", "999999999001", "18446744073709551621"})
  void elapsedThatIsNoNumberOfMillisecondsCountsAsZero(String value) {
    String attempt = "{`route`:`r`,`delivery`:`UNKNOWN`,`elapsedMillis`:" + value + "}";
    String json = "{" + REQUIRED + ",`attempts`:[" + attempt + "]}";

    assertThat(valid(json.replace('`', '"')).attempts())
        .containsExactly(Attempt.builder("r").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"30.0", "3e1", "30.000000000000000", "300e-1"})
  void secondsMayBeWrittenInAnyWay(String number) {
    assertThat(valid("{" + REQUIRED + ",\"retryAfter\":" + number + "}").retryAfter())
        .isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "`urn:worker-client:X`",
        "[]",
        "[{%s}]",
        "{}",
        "{%s",
        "{%s}}",
        "{%s} {}",
        "{%s,`code`:`Y`}",
        "{%s,`unknown`:1,`unknown`:2}",
        "{%s,`diagnosis`:{`cause`:`a`,`cause`:`b`}}",
        "{%s,`retryAfter`:1e99999999999}",
        "{%s,`retryAfter`:123456789012345678901234567890123}",
        "{%s,`retryAfter`:NaN}",
        "{%s,`detail`:`\\ud8`}",
        "<html>%s</html>"
      })
  void whatIsNoErrorOfOursIsNone(String json) {
    assertThat(read(json.replace("%s", REQUIRED).replace('`', '"'))).isNull();
  }

  @Test
  void depthIsBounded() {
    assertThat(read(nested(15))).isEqualTo(PLAIN);
    assertThat(read(nested(16))).isNull();
    assertThat(read(nested(10_000))).isNull();
    assertThat(read("{\"a\":".repeat(10_000))).isNull();
  }

  @Test
  void sizeIsBounded() {
    String start = "{" + REQUIRED + ",\"detail\":\"";
    int room = 64 * 1024 - start.length() - 2;

    assertThat(valid(start + "x".repeat(room) + "\"}").message()).isEqualTo("x".repeat(1000) + "…");
    assertThat(read(start + "x".repeat(room + 1) + "\"}")).isNull();
  }

  @Test
  void textIsMadeOneVisibleLine() {
    String json = "{" + REQUIRED + ",\"detail\":\"a\\nb\\u202ec\\ud800\"}";

    assertThat(valid(json).message()).isEqualTo("a\\u000ab\\u202ec\\ud800");
  }

  @Test
  void cutAtAnyByteItIsNone() {
    byte[] json = ProblemJson.write(rich());
    for (int length = 0; length < json.length; length++) {
      assertThat(ProblemJson.read(Arrays.copyOf(json, length))).isNull();
    }
  }

  @Test
  void noBodyMakesItThrow() {
    Random random = new Random(64);
    byte[] json = ProblemJson.write(rich());
    byte[] wide = new String(json, UTF_8).getBytes(UTF_16);
    for (int i = 0; i < 20_000; i++) {
      byte[] body = (i % 4 == 0 ? wide : json).clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        body[random.nextInt(body.length)] = anyByte(random);
      }
      assertThatCode(() -> ProblemJson.read(body))
          .as(() -> new String(body, ISO_8859_1))
          .doesNotThrowAnyException();
    }
  }

  private static byte anyByte(Random random) {
    String telling = "{}[]\":,\\0123456789-+.eEtfn \n";
    return (byte)
        (random.nextBoolean()
            ? telling.charAt(random.nextInt(telling.length()))
            : random.nextInt());
  }

  private static ServiceError rich() {
    return ServiceError.builder("A", "GET /", "X")
        .message("é…")
        .retryAfter(Duration.ofMillis(1500))
        .rayId("8f1c")
        .cloudflareCode(1042)
        .diagnosis(Diagnosis.of("cause", "fix", "resend"))
        .attempts(List.of(Attempt.builder("r").status(404).failure("X", "x").build()))
        .build();
  }

  private static String nested(int depth) {
    return "{" + REQUIRED + ",\"unknown\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
  }

  private static @Nullable ServiceError read(String json) {
    return ProblemJson.read(json.getBytes(UTF_8));
  }

  private static ServiceError valid(String json) {
    return Objects.requireNonNull(read(json));
  }
}
