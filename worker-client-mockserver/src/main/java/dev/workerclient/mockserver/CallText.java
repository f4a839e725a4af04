package dev.workerclient.mockserver;

import dev.workerclient.WorkerResponse;
import dev.workerclient.error.Attempt;
import dev.workerclient.error.ServiceError;
import dev.workerclient.error.WorkerException;
import java.util.List;

/** How a call ended and what its attempts did, a line each, for the text of an assertion. */
final class CallText {
  private CallText() {}

  static String of(WorkerException failure) {
    ServiceError error = failure.serviceError();
    String outcome =
        error.service()
            + " "
            + error.operation()
            + " failed with "
            + failure.getClass().getSimpleName()
            + " ("
            + error.code()
            + ")";
    return outcome + attempts(error.attempts());
  }

  static String of(WorkerResponse response) {
    return "The target answered HTTP " + response.status() + attempts(response.attempts());
  }

  private static String attempts(List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return " without an attempt.";
    }
    StringBuilder text = new StringBuilder(" after ").append(attempts.size());
    text.append(attempts.size() == 1 ? " attempt:" : " attempts:");
    for (int i = 0; i < attempts.size(); i++) {
      text.append("\n  ").append(i + 1).append(". ").append(line(attempts.get(i)));
    }
    return text.toString();
  }

  private static String line(Attempt attempt) {
    String status =
        attempt.status().isPresent() ? "HTTP " + attempt.status().getAsInt() : "no response";
    String outcome =
        attempt.failure() == null
            ? "answered"
            : attempt.failure() + " (" + attempt.message() + "), " + attempt.delivery();
    return attempt.route() + ": " + status + ", " + outcome;
  }
}
