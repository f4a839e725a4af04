package dev.workerclient.jackson;

import dev.workerclient.HealthReport;
import dev.workerclient.internal.json.ReportForm;

/**
 * Writes a {@link HealthReport} as JSON, for a health check or a dashboard.
 *
 * <pre>{@code
 * {
 *   "status": "degraded", "takenAt": "2026-11-22T09:40:00Z",
 *   "services": [{"service": "ORDERS", "status": "degraded", "routes": [
 *     {"route": "binding-proxy", "status": "down", "httpStatus": 404, "latencyMillis": 3,
 *      "failure": "BINDING_NOT_FOUND", "message": "…", "cause": "…", "fix": "…", "rayId": "8f1c…",
 *      "breaker": "open", "breakerOpenForMillis": 28000,
 *      "binding": {"binding": "ORDERS", "exists": false, "kind": "missing", "expected": "service",
 *        "fetchCallable": false, "rpcCallable": false, "diagnosis": "…", "fix": "…"}},
 *     {"route": "custom-domain", "status": "up", "httpStatus": 200, "latencyMillis": 12,
 *      "breaker": "closed"}]}],
 *   "proxy": {"latencyMillis": 4, "bindings": [{"binding": "ORDERS", …}]}
 * }
 * }</pre>
 *
 * <p>States are in lower case, with hyphens. Members that are null, empty or do not apply are
 * absent. A binding may also have {@code className}, {@code healthPath}, {@code httpStatus}, {@code
 * latencyMillis} and {@code code}; a proxy without a report has {@code failure}, {@code message},
 * {@code cause} and {@code fix}.
 */
public final class HealthJson {
  /** The media type, {@value}. */
  public static final String CONTENT_TYPE = "application/json";

  private HealthJson() {}

  /**
   * Returns the report as JSON in UTF-8. Send it with {@link #CONTENT_TYPE} and the status {@link
   * HealthReport#httpStatus}.
   */
  public static byte[] write(HealthReport report) {
    return ReportForm.write(report);
  }
}
