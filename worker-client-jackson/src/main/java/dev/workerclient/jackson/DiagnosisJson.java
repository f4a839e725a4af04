package dev.workerclient.jackson;

import dev.workerclient.DiagnosisReport;
import dev.workerclient.internal.json.ReportForm;

/**
 * Writes a {@link DiagnosisReport} as JSON. Like the report, it names hosts and IP addresses.
 *
 * <pre>{@code
 * {
 *   "service": "ORDERS", "passed": false, "takenAt": "2026-11-22T09:40:00Z",
 *   "routes": [{"route": "binding-proxy", "passed": false, "steps": [
 *     {"check": "resolves", "result": "passed", "seen": "workers-proxy.example.com is 192.0.2.1"},
 *     {"check": "binding", "result": "failed", "seen": "…", "fix": "…"},
 *     {"check": "fetcher", "result": "skipped", "seen": "not reached"}]}]
 * }
 * }</pre>
 *
 * <p>Checks and results are in lower case, with hyphens. {@code fix} is absent if there is nothing
 * to do.
 */
public final class DiagnosisJson {
  /** The media type, {@value}. */
  public static final String CONTENT_TYPE = "application/json";

  private DiagnosisJson() {}

  /** Returns the report as JSON in UTF-8. */
  public static byte[] write(DiagnosisReport report) {
    return ReportForm.write(report);
  }
}
