package dev.workerclient.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.internal.classify.table.FailureKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers outside get to see of an error. */
class PublicProblemTest {
  /** All that an error can hold, each value with a mark that must not come out. */
  private static ServiceError marked(String code, int status, @Nullable Duration retryAfter) {
    return ServiceError.builder("SERVICE_marked", "GET /marked/{id}", code)
        .message("marked https://origin.marked.example 10.0.0.1")
        .status(status)
        .delivery(Delivery.NOT_DELIVERED)
        .safeToResend(true)
        .retryable(true)
        .retryAfter(retryAfter)
        .rayId("8f00aa11bb22cc33-MRK")
        .cloudflareCode(1042)
        .diagnosis(Diagnosis.of("cause marked", "fix marked", "resend marked"))
        .attempts(
            List.of(
                Attempt.builder("binding-proxy").failure(code, "marked").status(404).build(),
                Attempt.builder("custom-domain")
                    .rayId("8f00aa11bb22cc33-MRK")
                    .failure(code, "marked")
                    .build()))
        .build();
  }

  private static JsonNode written(ServiceError error) {
    try {
      return new ObjectMapper().readTree(ProblemJson.writePublic(error));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void nothingOfTheErrorsInsideIsThere(FailureKind kind) {
    ServiceError error = marked(kind.name(), 502, Duration.ofSeconds(3));

    String text = new String(ProblemJson.writePublic(error), UTF_8);

    assertThat(text.toLowerCase(Locale.ROOT))
        .doesNotContain("marked", "mrk", "origin", "10.0.0.1", "1042", "404", "delivered")
        .doesNotContain("binding", "proxy", "domain", "attempt", "cause", "fix", "worker-client")
        .doesNotContain(kind.name().toLowerCase(Locale.ROOT));
    assertThat(Set.copyOf(List.copyOf(fields(written(error)))))
        .containsExactlyInAnyOrder("type", "title", "status", "detail", "code", "retryAfter");
  }

  private static List<String> fields(JsonNode node) {
    List<String> names = new java.util.ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @ParameterizedTest
  @CsvSource({
    "502,Bad Gateway,A service behind this one failed.,UPSTREAM_FAILED",
    "503,Service Unavailable,A service behind this one is not available.,UPSTREAM_UNAVAILABLE",
    "418,Request Failed,A service behind this one failed.,UPSTREAM_FAILED",
    "504,Gateway Timeout,A service behind this one did not respond in time.,UPSTREAM_TIMEOUT",
  })
  void theStatusSaysInWhichWay(int status, String title, String detail, String code) {
    JsonNode problem = written(marked("ERROR_1042", status, null));

    assertThat(problem.path("type").textValue()).isEqualTo("about:blank");
    assertThat(problem.path("title").textValue()).isEqualTo(title);
    assertThat(problem.path("status").intValue()).isEqualTo(status);
    assertThat(problem.path("detail").textValue()).isEqualTo(detail);
    assertThat(problem.path("code").textValue()).isEqualTo(code);
    assertThat(problem.has("retryAfter")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"PT0S,0", "PT0.001S,1", "PT2S,2", "PT2.000000001S,3", "PT1H,3600"})
  void theWaitIsInWholeSecondsRoundedUp(Duration wait, long seconds) {
    assertThat(written(marked("RATE_LIMITED", 503, wait)).path("retryAfter").longValue())
        .isEqualTo(seconds);
  }

  @Test
  void aWaitThatCannotBeCountedIsAbsent() {
    for (Duration wait : List.of(Duration.ofSeconds(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
      assertThat(written(marked("RATE_LIMITED", 503, wait)).has("retryAfter")).isFalse();
    }
  }

  @Test
  void itIsNotReadBack() {
    assertThat(ProblemJson.read(ProblemJson.writePublic(marked("ERROR_1042", 502, null)))).isNull();
  }
}
