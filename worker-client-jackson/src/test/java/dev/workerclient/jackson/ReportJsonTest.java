package dev.workerclient.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.workerclient.DiagnosisReport;
import dev.workerclient.HealthReport;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.BreakerState;
import dev.workerclient.health.Check;
import dev.workerclient.health.DiagnosisStep;
import dev.workerclient.health.DiagnosisStep.Result;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.health.RouteDiagnosis;
import dev.workerclient.health.RouteHealth;
import dev.workerclient.health.ServiceHealth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Reports of health and diagnosis as JSON, member by member. */
class ReportJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-11-22T09:40:00Z");
  private static final BindingHealth BINDING =
      new BindingHealth(
          "APIMOM",
          true,
          "other",
          "service",
          "KvNamespace",
          false,
          false,
          "/v1/health",
          OptionalInt.of(200),
          Duration.ofMillis(3),
          "TARGET_THREW",
          "of type KvNamespace",
          "declare it");

  @Test
  void aHealthReport() throws IOException {
    ServiceError error =
        ServiceError.builder("APIMOM", "GET /v1/health", "ERROR_1042")
            .message("Cloudflare error 1042")
            .diagnosis(Diagnosis.of("no Worker", "a domain", "yes"))
            .rayId("8f1c")
            .cloudflareCode(1042)
            .build();
    HealthReport report =
        new HealthReport(
            NOW,
            List.of(
                new ServiceHealth(
                    "APIMOM",
                    List.of(
                        new RouteHealth(
                            "binding-proxy",
                            false,
                            OptionalInt.of(404),
                            Duration.ofMillis(12),
                            error,
                            BreakerState.OPEN,
                            Duration.ofSeconds(28),
                            BINDING),
                        new RouteHealth(
                            "custom-domain",
                            true,
                            OptionalInt.empty(),
                            Duration.ZERO,
                            null,
                            BreakerState.HALF_OPEN,
                            Duration.ZERO,
                            null)))),
            new ProxyHealth(Duration.ofMillis(4), null, List.of(BINDING)));

    String binding =
        """
        {"binding":"APIMOM","exists":true,"kind":"other","expected":"service",
         "className":"KvNamespace","fetchCallable":false,"rpcCallable":false,"healthPath":"/v1/health",
         "httpStatus":200,"latencyMillis":3,"code":"TARGET_THREW",
         "diagnosis":"of type KvNamespace","fix":"declare it"}""";
    assertThat(read(HealthJson.write(report)))
        .isEqualTo(
            JSON.readTree(
                """
                {"status":"degraded","takenAt":"2026-11-22T09:40:00Z",
                 "services":[{"service":"APIMOM","status":"degraded","routes":[
                   {"route":"binding-proxy","status":"down","httpStatus":404,"latencyMillis":12,
                    "failure":"ERROR_1042","message":"Cloudflare error 1042","cause":"no Worker",
                    "fix":"a domain","rayId":"8f1c","cloudflareCode":1042,
                    "breaker":"open","breakerOpenForMillis":28000,"binding":%1$s},
                   {"route":"custom-domain","status":"up","breaker":"half-open"}]}],
                 "proxy":{"latencyMillis":4,"bindings":[%1$s]}}"""
                    .formatted(binding)));
  }

  @Test
  void aProxyThatGaveNoReportSaysWhy() throws IOException {
    ServiceError error =
        ServiceError.builder("binding-proxy", "diagnose", "WORKER_TIMEOUT").message("late").build();
    HealthReport report =
        new HealthReport(
            NOW,
            List.of(new ServiceHealth("A", List.of(up()))),
            new ProxyHealth(Duration.ofSeconds(2), error, List.of()));

    assertThat(read(HealthJson.write(report)).get("proxy"))
        .isEqualTo(
            JSON.readTree(
                """
                {"latencyMillis":2000,"failure":"WORKER_TIMEOUT","message":"late","bindings":[]}"""));
  }

  @Test
  void aDiagnosis() throws IOException {
    DiagnosisReport report =
        new DiagnosisReport(
            "APIMOM",
            NOW,
            List.of(
                new RouteDiagnosis(
                    "custom-domain",
                    List.of(
                        new DiagnosisStep(Check.ANSWERS, Result.PASSED, "HTTP 404", ""),
                        new DiagnosisStep(Check.NOT_1042, Result.FAILED, "1042", "a domain")))));

    assertThat(read(DiagnosisJson.write(report)))
        .isEqualTo(
            JSON.readTree(
                """
                {"service":"APIMOM","passed":false,"takenAt":"2026-11-22T09:40:00Z",
                 "routes":[{"route":"custom-domain","passed":false,"steps":[
                   {"check":"answers","result":"passed","seen":"HTTP 404"},
                   {"check":"not-1042","result":"failed","seen":"1042","fix":"a domain"}]}]}"""));
  }

  @Test
  void textsAreCutAndControlsEscaped() {
    DiagnosisReport report =
        new DiagnosisReport(
            "A",
            NOW,
            List.of(
                new RouteDiagnosis(
                    "custom-domain",
                    List.of(
                        new DiagnosisStep(
                            Check.ANSWERS, Result.PASSED, "\u001b[2J" + "x".repeat(5_000), "")))));

    String json = new String(DiagnosisJson.write(report), UTF_8);
    assertThat(json).contains("\\\\u001b[2J").hasSizeLessThan(1_500);
  }

  private static RouteHealth up() {
    return new RouteHealth(
        "custom-domain",
        true,
        OptionalInt.of(200),
        Duration.ofMillis(1),
        null,
        BreakerState.CLOSED,
        Duration.ZERO,
        null);
  }

  private static JsonNode read(byte[] json) throws IOException {
    return JSON.readTree(json);
  }
}
