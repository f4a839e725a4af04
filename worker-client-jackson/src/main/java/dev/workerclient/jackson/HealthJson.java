package dev.workerclient.jackson;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerclient.HealthReport;
import dev.workerclient.error.ServiceError;
import dev.workerclient.health.BindingHealth;
import dev.workerclient.health.BreakerState;
import dev.workerclient.health.ProxyHealth;
import dev.workerclient.health.RouteHealth;
import dev.workerclient.health.ServiceHealth;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link HealthReport} as JSON, for a health check or a dashboard.
 *
 * <pre>{@code
 * {
 *   "status": "degraded", "takenAt": "2026-11-22T09:40:00Z",
 *   "services": [{"service": "APIMOM", "status": "degraded", "routes": [
 *     {"route": "binding-proxy", "status": "down", "httpStatus": 404, "latencyMillis": 3,
 *      "failure": "BINDING_NOT_FOUND", "message": "…", "cause": "…", "fix": "…", "rayId": "8f1c…",
 *      "breaker": "open", "breakerOpenForMillis": 28000,
 *      "binding": {"binding": "APIMOM", "exists": false, "kind": "missing", "expected": "service",
 *        "fetchCallable": false, "rpcCallable": false, "diagnosis": "…", "fix": "…"}},
 *     {"route": "custom-domain", "status": "up", "httpStatus": 200, "latencyMillis": 12,
 *      "breaker": "closed"}]}],
 *   "proxy": {"latencyMillis": 4, "bindings": [{"binding": "APIMOM", …}]}
 * }
 * }</pre>
 *
 * <p>States are in lower case, with hyphens. Absent: what is null, empty or does not apply. A
 * binding may have {@code className}, {@code healthPath}, {@code httpStatus}, {@code latencyMillis}
 * and {@code code} as well; a proxy that gave no report has {@code failure}, {@code message},
 * {@code cause} and {@code fix}.
 */
public final class HealthJson {
  /** The media type, {@value}. */
  public static final String CONTENT_TYPE = "application/json";

  private HealthJson() {}

  /**
   * Writes a report as UTF-8. Send it with {@link #CONTENT_TYPE} and the status {@link
   * HealthReport#httpStatus}.
   */
  public static byte[] write(HealthReport report) {
    Objects.requireNonNull(report, "report");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    JsonText.put(json, "status", report.status());
    json.put("takenAt", report.takenAt().toString());
    ArrayNode services = json.putArray("services");
    report.services().forEach(service -> service(services.addObject(), service));
    ProxyHealth proxy = report.proxy();
    if (proxy != null) {
      proxy(json.putObject("proxy"), proxy);
    }
    return JsonText.bytes(json);
  }

  private static void service(ObjectNode json, ServiceHealth service) {
    json.put("service", service.service());
    JsonText.put(json, "status", service.status());
    ArrayNode routes = json.putArray("routes");
    service.routes().forEach(route -> route(routes.addObject(), route));
  }

  private static void route(ObjectNode json, RouteHealth route) {
    json.put("route", route.route());
    json.put("status", route.up() ? "up" : "down");
    route.httpStatus().ifPresent(status -> json.put("httpStatus", status));
    if (!route.latency().isZero()) {
      json.put("latencyMillis", route.latency().toMillis());
    }
    error(json, route.error());
    JsonText.put(json, "breaker", route.breaker());
    if (route.breaker() == BreakerState.OPEN) {
      json.put("breakerOpenForMillis", route.breakerOpenFor().toMillis());
    }
    BindingHealth binding = route.binding();
    if (binding != null) {
      binding(json.putObject("binding"), binding);
    }
  }

  private static void proxy(ObjectNode json, ProxyHealth proxy) {
    json.put("latencyMillis", proxy.latency().toMillis());
    error(json, proxy.error());
    ArrayNode bindings = json.putArray("bindings");
    proxy.bindings().forEach(binding -> binding(bindings.addObject(), binding));
  }

  private static void error(ObjectNode json, @Nullable ServiceError error) {
    if (error == null) {
      return;
    }
    JsonText.put(json, "failure", error.code());
    JsonText.put(json, "message", error.message());
    JsonText.put(json, "cause", error.diagnosis().cause());
    JsonText.put(json, "fix", error.diagnosis().fix());
    JsonText.put(json, "rayId", error.rayId());
    error.cloudflareCode().ifPresent(code -> json.put("cloudflareCode", code));
  }

  private static void binding(ObjectNode json, BindingHealth binding) {
    JsonText.put(json, "binding", binding.binding());
    json.put("exists", binding.exists());
    JsonText.put(json, "kind", binding.kind());
    JsonText.put(json, "expected", binding.expected());
    JsonText.put(json, "className", binding.className());
    json.put("fetchCallable", binding.fetchCallable());
    json.put("rpcCallable", binding.rpcCallable());
    if (binding.healthPath() != null) {
      JsonText.put(json, "healthPath", binding.healthPath());
      binding.httpStatus().ifPresent(status -> json.put("httpStatus", status));
      json.put("latencyMillis", binding.latency().toMillis());
    }
    JsonText.put(json, "code", binding.code());
    JsonText.put(json, "diagnosis", binding.diagnosis());
    JsonText.put(json, "fix", binding.fix());
  }
}
