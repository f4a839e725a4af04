package dev.workerclient;

import dev.workerclient.error.Attempt;
import dev.workerclient.error.Diagnosis;
import dev.workerclient.error.ServiceError;
import dev.workerclient.internal.classify.Secrets;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes the request's secrets out of what a codec made of an answer that echoes them. */
final class HiddenSecrets {
  private HiddenSecrets() {}

  /** Returns the error of a service downstream without them, or null for null. */
  static @Nullable ServiceError in(@Nullable ServiceError error, Secrets secrets) {
    if (error == null) {
      return null;
    }
    Diagnosis diagnosis = error.diagnosis();
    return ServiceError.builder(
            secrets.hide(error.service()),
            secrets.hide(error.operation()),
            secrets.hide(error.code()))
        .message(secrets.hide(error.message()))
        .status(error.status())
        .delivery(error.delivery())
        .safeToResend(error.safeToResend())
        .retryable(error.retryable())
        .retryAfter(error.retryAfter())
        .rayId(secrets.hideIn(error.rayId()))
        .cloudflareCode(error.cloudflareCode().orElse(0))
        .diagnosis(
            Diagnosis.of(
                secrets.hide(diagnosis.cause()),
                secrets.hide(diagnosis.fix()),
                secrets.hide(diagnosis.resend())))
        .attempts(error.attempts().stream().map(attempt -> in(attempt, secrets)).toList())
        .build();
  }

  private static Attempt in(Attempt attempt, Secrets secrets) {
    Attempt.Builder hidden =
        Attempt.builder(secrets.hide(attempt.route()))
            .status(attempt.status().orElse(0))
            .delivery(attempt.delivery())
            .rayId(secrets.hideIn(attempt.rayId()))
            .elapsed(attempt.elapsed())
            .exchanges(attempt.exchanges());
    String failure = attempt.failure();
    String message = attempt.message();
    if (failure != null) {
      hidden.failure(secrets.hide(failure), message == null ? "" : secrets.hide(message));
    }
    return hidden.build();
  }

  /** Returns the exception itself if no message of it or its causes quotes one. */
  static @Nullable Throwable in(@Nullable Throwable exception, Secrets secrets) {
    for (Throwable each = exception; each != null; each = each.getCause()) {
      String message = String.valueOf(each);
      if (exception != null && !secrets.hide(message).equals(message)) {
        IOException hidden = new IOException(secrets.hide(String.valueOf(exception)));
        hidden.setStackTrace(exception.getStackTrace());
        return hidden;
      }
    }
    return exception;
  }
}
