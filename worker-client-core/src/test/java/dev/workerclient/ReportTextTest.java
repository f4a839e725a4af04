package dev.workerclient;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reports as text for a terminal. */
class ReportTextTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:40:00Z");
  private static final ServiceError MISSING =
      error("BINDING_NOT_FOUND", "the proxy says BINDING_MISSING", "deployed without it", "add it");

  @Test
  void aHealthReportHasARowForEachRouteAndBelowItWhatToDo() {
    HealthReport report =
        new HealthReport(
            NOW,
            List.of(
                new ServiceHealth(
                    "APIMOM",
                    List.of(
                        route("binding-proxy", 404, MISSING, BreakerState.OPEN, null),
                        route("custom-domain", 200, null, BreakerState.CLOSED, null)))),
            null);

    assertThat(report.toTable())
        .isEqualTo(
            """
            DEGRADED (200): 0 up, 1 degraded, 0 down, at 2026-11-22T09:40:00Z

            STATE     SERVICE / ROUTE    HTTP    LATENCY  BREAKER     FAILURE
            degraded  APIMOM
            down        binding-proxy     404      12 ms  open 28 s   BINDING_NOT_FOUND
                        what   the proxy says BINDING_MISSING
                        cause  deployed without it
                        fix    add it
            up          custom-domain     200      12 ms  closed
            """);
    assertThat(report).hasToString(report.toTable());
  }

  @Test
  void aDiagnosisHasALineForEachStep() {
    DiagnosisReport report =
        new DiagnosisReport(
            "APIMOM",
            NOW,
            List.of(
                new RouteDiagnosis(
                    "binding-proxy",
                    List.of(
                        new DiagnosisStep(Check.CONFIGURED, Result.PASSED, "https://p", ""),
                        new DiagnosisStep(Check.NOT_1042, Result.FAILED, "1042", "a domain"),
                        new DiagnosisStep(Check.STAMP, Result.SKIPPED, "none", "declare one")))));

    assertThat(report.toText())
        .isEqualTo(
            """
            APIMOM: 1 route fails, at 2026-11-22T09:40:00Z

            binding-proxy
              ok    configured  https://p
              FAIL  not 1042    1042
                                fix: a domain
              -     stamp       none
                                hint: declare one
            """);
    assertThat(report).hasToString(report.toText());
  }

  @Test
  void noLineIsOverAHundredColumnsWhateverTheTexts() {
    String longest = "x".repeat(300);
    String words = "many words and more ".repeat(40);
    BindingHealth binding =
        new BindingHealth(
            longest,
            true,
            longest,
            longest,
            longest,
            true,
            false,
            null,
            OptionalInt.empty(),
            Duration.ZERO,
            null,
            longest,
            words);
    HealthReport report =
        new HealthReport(
            NOW,
            List.of(
                new ServiceHealth(
                    "N".repeat(64),
                    List.of(
                        route(
                            "binding-proxy",
                            500,
                            error("BINDING_NOT_CALLABLE", longest, words, longest),
                            BreakerState.HALF_OPEN,
                            binding)))),
            new ProxyHealth(
                Duration.ofMillis(5), error("WORKER_TIMEOUT", words, longest, ""), List.of()));

    assertThat(report.toTable().lines()).allMatch(line -> line.length() <= 100);
    assertThat(report.toTable().lines()).noneMatch(line -> line.endsWith(" "));
    assertThat(report.toTable().replaceAll("\\s", "")).contains(longest, "N".repeat(64));
  }

  @Test
  void whatTheProxyAlreadySaidInItsAnswerIsNotSaidTwice() {
    BindingHealth binding =
        new BindingHealth(
            "APIMOM",
            false,
            "missing",
            "service",
            null,
            false,
            false,
            null,
            OptionalInt.empty(),
            Duration.ZERO,
            null,
            "the proxy says BINDING_MISSING",
            "Add it.");
    HealthReport report =
        new HealthReport(
            NOW,
            List.of(
                new ServiceHealth(
                    "APIMOM",
                    List.of(route("binding-proxy", 404, MISSING, BreakerState.OFF, binding)))),
            null);

    assertThat(report.toTable()).containsOnlyOnce("BINDING_MISSING").doesNotContain("Add it.");
  }

  private static RouteHealth route(
      String name,
      int status,
      @Nullable ServiceError error,
      BreakerState breaker,
      @Nullable BindingHealth binding) {
    return new RouteHealth(
        name,
        error == null,
        OptionalInt.of(status),
        Duration.ofMillis(12),
        error,
        breaker,
        breaker == BreakerState.OPEN ? Duration.ofMillis(27_100) : Duration.ZERO,
        binding);
  }

  private static ServiceError error(String code, String message, String cause, String fix) {
    return ServiceError.builder("APIMOM", "GET /v1/health", code)
        .message(message)
        .diagnosis(Diagnosis.of(cause, fix, ""))
        .build();
  }
}
