package dev.workerclient.micrometer;

import dev.workerclient.error.Attempt;

/** A failed attempt as the error of its observation. */
final class FailedAttempt extends RuntimeException {
  /** The value of the tag {@code error}. */
  static final String NAME = "FailedAttempt";

  private static final long serialVersionUID = 1L;

  FailedAttempt(Attempt attempt) {
    super(attempt.failure() + ": " + attempt.message(), null, false, false);
  }
}
