package dev.workerclient.jackson3;

import dev.workerclient.HealthReport;
import dev.workerclient.internal.json.ReportForm;

/**
 * A {@link HealthReport} as JSON, for a health check or a dashboard. The bytes are those of
 * worker-client-jackson's class of this name, whose page shows them member by member.
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
    return ReportForm.write(report);
  }
}
