package dev.workerclient.internal.json;

import dev.workerclient.error.ServiceError;
import java.time.Duration;
import java.util.Map;

/**
 * What callers outside may know of an error: its status and the wait are all that is read of it.
 */
public final class PublicProblem {
  private static final int BAD_GATEWAY = 502;
  private static final int UNAVAILABLE = 503;
  private static final int TIMEOUT = 504;

  private PublicProblem() {}

  /**
   * Returns {@code type}, {@code title}, {@code status}, {@code detail}, {@code code}, the wait.
   */
  public static Map<String, Object> of(ServiceError error) {
    int status = error.status();
    Duration wait = error.retryAfter();
    JsonMap problem =
        switch (status) {
          case UNAVAILABLE ->
              problem(status, "Service Unavailable", "is not available", "UPSTREAM_UNAVAILABLE");
          case TIMEOUT ->
              problem(status, "Gateway Timeout", "did not respond in time", "UPSTREAM_TIMEOUT");
          default -> problem(status, failed(status), "failed", "UPSTREAM_FAILED");
        };
    if (wait != null && ProblemForm.isCounted(wait)) {
      problem.put("retryAfter", wait.plusNanos(999_999_999).toSeconds());
    }
    return problem.members();
  }

  /** An error that was read from another service may have any status. */
  private static String failed(int status) {
    return status == BAD_GATEWAY ? "Bad Gateway" : "Request Failed";
  }

  private static JsonMap problem(int status, String title, String outcome, String code) {
    return new JsonMap()
        .put("type", "about:blank") // RFC 9457, 4.2.1: the status says it all.
        .put("title", title)
        .put("status", status)
        .put("detail", "A service behind this one " + outcome + ".")
        .put("code", code);
  }
}
