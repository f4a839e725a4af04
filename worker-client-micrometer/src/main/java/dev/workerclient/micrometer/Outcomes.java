package dev.workerclient.micrometer;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.WorkerException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of the tags {@code outcome}, {@code route} and {@code error}. */
final class Outcomes {
  /** Of what has not ended yet. */
  static final String UNKNOWN = "UNKNOWN";

  /** No route was tried; nothing failed. */
  static final String NONE = "none";

  private Outcomes() {}

  /** How a call ended: by the status of its answer, or the code of its failure. */
  static String of(List<Attempt> attempts, @Nullable WorkerException failure) {
    if (failure != null) {
      return failure.serviceError().code();
    }
    return attempts.isEmpty() ? UNKNOWN : of(attempts.get(attempts.size() - 1));
  }

  /** The same of an attempt. */
  static String of(Attempt attempt) {
    String failure = attempt.failure();
    if (failure != null) {
      return failure;
    }
    // A call in an RPC session has no status of its own; its exception says if the method threw.
    return attempt.status().isPresent() ? ofStatus(attempt.status().getAsInt()) : "SUCCESS";
  }

  private static String ofStatus(int status) {
    return switch (status / 100) {
      case 1, 2 -> "SUCCESS";
      case 3 -> "REDIRECTION";
      case 4 -> "CLIENT_ERROR";
      case 5 -> "SERVER_ERROR";
      default -> UNKNOWN;
    };
  }

  /** The route of the last attempt. */
  static String route(List<Attempt> attempts) {
    return attempts.isEmpty() ? NONE : attempts.get(attempts.size() - 1).route();
  }
}
