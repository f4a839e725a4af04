package dev.workerclient.internal.json;

import dev.workerclient.DiagnosisReport;
import dev.workerclient.HealthReport;
import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.BreakerState;
import dev.workerclient.health.DiagnosisStep;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.health.RouteDiagnosis;
import dev.workerclient.health.RouteHealth;
import dev.workerclient.health.ServiceHealth;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reports of health and diagnosis as JSON; the codec modules' HealthJson and DiagnosisJson document
 * them.
 */
public final class ReportForm {
  private ReportForm() {}

  /** Writes {@link #of(HealthReport)}. */
  public static byte[] write(HealthReport report) {
    Objects.requireNonNull(report, "report");
    return JsonBytes.write(of(report));
  }

  /** Writes {@link #of(DiagnosisReport)}. */
  public static byte[] write(DiagnosisReport report) {
    Objects.requireNonNull(report, "report");
    return JsonBytes.write(of(report));
  }

  /** Returns the report with all its members, in their order. */
  public static Map<String, Object> of(HealthReport report) {
    ProxyHealth proxy = report.proxy();
    return new JsonMap()
        .state("status", report.status())
        .put("takenAt", report.takenAt().toString())
        .put("services", report.services().stream().map(ReportForm::of).toList())
        .put("proxy", proxy == null ? null : of(proxy))
        .members();
  }

  /** Returns the report with all its members, in their order. */
  public static Map<String, Object> of(DiagnosisReport report) {
    return new JsonMap()
        .put("service", report.service())
        .put("passed", report.passed())
        .put("takenAt", report.takenAt().toString())
        .put("routes", report.routes().stream().map(ReportForm::of).toList())
        .members();
  }

  /** Returns one service of a health report. */
  public static Map<String, Object> of(ServiceHealth service) {
    return new JsonMap()
        .put("service", service.service())
        .state("status", service.status())
        .put("routes", service.routes().stream().map(ReportForm::of).toList())
        .members();
  }

  private static Map<String, Object> of(RouteHealth route) {
    JsonMap json =
        new JsonMap().put("route", route.route()).put("status", route.up() ? "up" : "down");
    route.httpStatus().ifPresent(status -> json.put("httpStatus", status));
    if (!route.latency().isZero()) {
      json.put("latencyMillis", route.latency().toMillis());
    }
    error(json, route.error());
    json.state("breaker", route.breaker());
    if (route.breaker() == BreakerState.OPEN) {
      json.put("breakerOpenForMillis", route.breakerOpenFor().toMillis());
    }
    BindingHealth binding = route.binding();
    return json.put("binding", binding == null ? null : of(binding)).members();
  }

  private static Map<String, Object> of(ProxyHealth proxy) {
    JsonMap json = new JsonMap().put("latencyMillis", proxy.latency().toMillis());
    error(json, proxy.error());
    return json.put("bindings", proxy.bindings().stream().map(ReportForm::of).toList()).members();
  }

  private static Map<String, Object> of(BindingHealth binding) {
    JsonMap json =
        new JsonMap()
            .words("binding", binding.binding())
            .put("exists", binding.exists())
            .words("kind", binding.kind())
            .words("expected", binding.expected())
            .words("className", binding.className())
            .put("fetchCallable", binding.fetchCallable())
            .put("rpcCallable", binding.rpcCallable());
    if (binding.healthPath() != null) {
      json.words("healthPath", binding.healthPath());
      binding.httpStatus().ifPresent(status -> json.put("httpStatus", status));
      json.put("latencyMillis", binding.latency().toMillis());
    }
    return json.words("code", binding.code())
        .words("diagnosis", binding.diagnosis())
        .words("fix", binding.fix())
        .members();
  }

  private static Map<String, Object> of(RouteDiagnosis route) {
    return new JsonMap()
        .put("route", route.route())
        .put("passed", route.failure().isEmpty())
        .put("steps", route.steps().stream().map(ReportForm::of).toList())
        .members();
  }

  private static Map<String, Object> of(DiagnosisStep step) {
    return new JsonMap()
        .state("check", step.check())
        .state("result", step.result())
        .words("seen", step.seen())
        .words("fix", step.fix())
        .members();
  }

  private static void error(JsonMap json, @Nullable ServiceError error) {
    if (error != null) {
      json.words("failure", error.code())
          .words("message", error.message())
          .words("cause", error.diagnosis().cause())
          .words("fix", error.diagnosis().fix())
          .words("rayId", error.rayId());
      error.cloudflareCode().ifPresent(code -> json.put("cloudflareCode", code));
    }
  }
}
