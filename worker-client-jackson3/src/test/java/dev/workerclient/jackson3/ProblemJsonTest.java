package dev.workerclient.jackson3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workerclient.DiagnosisReport;
import dev.workerclient.HealthReport;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.Delivery;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BreakerState;
import dev.workerclient.health.RouteHealth;
import dev.workerclient.health.ServiceHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Errors and reports are what the other codec module writes; Jackson 3 reads them. */
class ProblemJsonTest {
  private static final ServiceError ERROR =
      ServiceError.builder("ORDERS", "GET /v1/orders/{id}", "ERROR_1042")
          .message("Cloudflare error 1042, HTTP 404")
          .delivery(Delivery.NOT_DELIVERED)
          .safeToResend(true)
          .retryable(true)
          .retryAfter(Duration.ofMillis(1500))
          .rayId("8f1c-FRA")
          .cloudflareCode(1042)
          .diagnosis(Diagnosis.of("no Worker", "give it a domain", "yes"))
          .attempts(List.of(Attempt.builder("custom-domain").status(404).build()))
          .build();

  @Test
  void anErrorIsWrittenAndReadBack() {
    byte[] json = ProblemJson.write(ERROR);

    assertThat(JsonMapper.shared().readTree(json))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"type":"urn:worker-client:ERROR_1042","title":"Error 1042","status":502,
                     "detail":"Cloudflare error 1042, HTTP 404","service":"ORDERS",
                     "method":"GET /v1/orders/{id}","code":"ERROR_1042",
                     "delivery":"NOT_DELIVERED","safeToResend":true,"retryable":true,
                     "retryAfter":1.5,"rayId":"8f1c-FRA","cloudflareCode":1042,
                     "diagnosis":{"cause":"no Worker","fix":"give it a domain","resend":"yes"},
                     "attempts":[{"route":"custom-domain","status":404,"delivery":"UNKNOWN",
                       "elapsedMillis":0,"exchanges":1}]}"""));
    assertThat(ProblemJson.read(json)).isEqualTo(ERROR);
  }

  @Test
  void theCodecReadsItFromAProblemAlone() {
    JacksonCodec codec = new JacksonCodec();
    byte[] json = ProblemJson.write(ERROR);

    assertThat(codec.decodeServiceError(json, "Application/Problem+JSON; charset=utf-8"))
        .isEqualTo(ERROR);
    assertThat(codec.decodeServiceError(json, "application/json")).isNull();
  }

  @Test
  void aBodyBeyondTheLimitsIsNotAnError() {
    String json = new String(ProblemJson.write(ERROR), UTF_8);

    for (String more :
        List.of(
            "\"deep\":" + "[".repeat(16) + "]".repeat(16),
            "\"code\":\"TWICE\"",
            "\"long\":" + "1".repeat(33),
            "\"large\":\"" + "x".repeat(64 * 1024) + "\"")) {
      String body = json.substring(0, json.length() - 1) + "," + more + "}";
      assertThat(ProblemJson.read(body.getBytes(UTF_8))).as(more.substring(0, 7)).isNull();
    }
  }

  @Test
  void thePublicFormNamesNothingOfTheError() {
    assertThat(ProblemJson.writePublic(ERROR))
        .asString(UTF_8)
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Bad Gateway\",\"status\":502,"
                + "\"detail\":\"A service behind this one failed.\",\"code\":\"UPSTREAM_FAILED\","
                + "\"retryAfter\":2}");
  }

  @Test
  void reportsAreWritten() {
    Instant now = Instant.parse("2026-11-29T09:40:00Z");
    RouteHealth route =
        new RouteHealth(
            "custom-domain",
            true,
            OptionalInt.of(200),
            Duration.ofMillis(12),
            null,
            BreakerState.CLOSED,
            Duration.ZERO,
            null);
    HealthReport health =
        new HealthReport(now, List.of(new ServiceHealth("ORDERS", List.of(route))), null);

    assertThat(HealthJson.write(health))
        .asString(UTF_8)
        .isEqualTo(
            "{\"status\":\"up\",\"takenAt\":\"2026-11-29T09:40:00Z\",\"services\":[{\"service\":"
                + "\"ORDERS\",\"status\":\"up\",\"routes\":[{\"route\":\"custom-domain\","
                + "\"status\":\"up\",\"httpStatus\":200,\"latencyMillis\":12,"
                + "\"breaker\":\"closed\"}]}]}");
    assertThat(DiagnosisJson.write(new DiagnosisReport("ORDERS", now, List.of())))
        .asString(UTF_8)
        .isEqualTo(
            "{\"service\":\"ORDERS\",\"passed\":true,\"takenAt\":\"2026-11-29T09:40:00Z\","
                + "\"routes\":[]}");
  }
}
