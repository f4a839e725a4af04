package dev.workerclient.jackson;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerclient.error.ServiceError;
import java.time.Duration;

/** Writes {@link ProblemJson#writePublic}: of the error it reads the status and the wait alone. */
final class PublicProblem {
  private static final int BAD_GATEWAY = 502;
  private static final int UNAVAILABLE = 503;
  private static final int TIMEOUT = 504;

  private PublicProblem() {}

  static byte[] write(ServiceError error) {
    int status = error.status();
    ObjectNode problem = JsonNodeFactory.instance.objectNode();
    problem.put("type", "about:blank"); // RFC 9457, 4.2.1: the status says it all.
    switch (status) {
      case UNAVAILABLE ->
          say(problem, status, "Service Unavailable", "is not available", "UPSTREAM_UNAVAILABLE");
      case TIMEOUT ->
          say(problem, status, "Gateway Timeout", "did not respond in time", "UPSTREAM_TIMEOUT");
      default -> say(problem, status, failed(status), "failed", "UPSTREAM_FAILED");
    }
    Duration wait = error.retryAfter();
    if (wait != null && ProblemWriter.isCounted(wait)) {
      problem.put("retryAfter", wait.plusNanos(999_999_999).toSeconds());
    }
    return JsonText.bytes(problem);
  }

  /** An error that was read from another service may have any status. */
  private static String failed(int status) {
    return status == BAD_GATEWAY ? "Bad Gateway" : "Request Failed";
  }

  private static void say(
      ObjectNode problem, int status, String title, String outcome, String code) {
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", "A service behind this one " + outcome + ".");
    problem.put("code", code);
  }
}
