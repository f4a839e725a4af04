package dev.workerclient.jackson3;

import dev.workerclient.DiagnosisReport;
import dev.workerclient.internal.json.ReportForm;

/**
 * A {@link DiagnosisReport} as JSON. It names hosts and addresses, as the report does. The bytes
 * are those of worker-client-jackson's class of this name, whose page shows them member by member.
 */
public final class DiagnosisJson {
  /** The media type, {@value}. */
  public static final String CONTENT_TYPE = "application/json";

  private DiagnosisJson() {}

  /** Writes a report as UTF-8. */
  public static byte[] write(DiagnosisReport report) {
    return ReportForm.write(report);
  }
}
