package dev.workerclient.error;

import java.util.List;
import java.util.Objects;

/** The message of an exception: what a person on call needs to act. */
final class MessageText {
  private MessageText() {}

  static String of(ServiceError error) {
    Objects.requireNonNull(error, "serviceError");
    List<Attempt> attempts = error.attempts();
    StringBuilder text = new StringBuilder(256);
    text.append(error.service()).append(' ').append(error.operation()).append(" failed");
    if (!attempts.isEmpty()) {
      text.append(" on ").append(attempts.get(attempts.size() - 1).route());
    }
    text.append(": ").append(error.message());
    line(text, "\n  cause: ", error.diagnosis().cause());
    line(text, "\n  fix:   ", error.diagnosis().fix());
    line(text, "\n  safe to retry: ", error.diagnosis().resend());
    if (attempts.size() > 1) {
      text.append("\n  attempts:");
      for (int i = 0; i < attempts.size(); i++) {
        text.append("\n    ").append(i + 1).append(". ").append(attempts.get(i));
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String label, String value) {
    if (!value.isEmpty()) {
      text.append(label).append(value);
    }
  }
}
