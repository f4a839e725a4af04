package dev.workerclient.jackson;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerclient.DiagnosisReport;
import dev.workerclient.health.DiagnosisStep;
import dev.workerclient.health.RouteDiagnosis;
import java.util.Objects;

/**
 * A {@link DiagnosisReport} as JSON. It names hosts and addresses, as the report does.
 *
 * <pre>{@code
 * {
 *   "service": "APIMOM", "passed": false, "takenAt": "2026-11-22T09:40:00Z",
 *   "routes": [{"route": "binding-proxy", "passed": false, "steps": [
 *     {"check": "resolves", "result": "passed", "seen": "workers-proxy.example.com is 192.0.2.1"},
 *     {"check": "binding", "result": "failed", "seen": "…", "fix": "…"},
 *     {"check": "fetcher", "result": "skipped", "seen": "not reached"}]}]
 * }
 * }</pre>
 *
 * <p>Checks and results are in lower case, with hyphens. {@code fix} is absent where there is
 * nothing to do.
 */
public final class DiagnosisJson {
  /** The media type, {@value}. */
  public static final String CONTENT_TYPE = "application/json";

  private DiagnosisJson() {}

  /** Writes a report as UTF-8. */
  public static byte[] write(DiagnosisReport report) {
    Objects.requireNonNull(report, "report");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("service", report.service());
    json.put("passed", report.passed());
    json.put("takenAt", report.takenAt().toString());
    ArrayNode routes = json.putArray("routes");
    report.routes().forEach(route -> route(routes.addObject(), route));
    return JsonText.bytes(json);
  }

  private static void route(ObjectNode json, RouteDiagnosis route) {
    json.put("route", route.route());
    json.put("passed", route.failure().isEmpty());
    ArrayNode steps = json.putArray("steps");
    for (DiagnosisStep step : route.steps()) {
      ObjectNode node = steps.addObject();
      JsonText.put(node, "check", step.check());
      JsonText.put(node, "result", step.result());
      JsonText.put(node, "seen", step.seen());
      JsonText.put(node, "fix", step.fix());
    }
  }
}
