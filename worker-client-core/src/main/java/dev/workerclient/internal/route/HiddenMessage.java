package dev.workerclient.internal.route;

import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception whose message may quote a secret: it has the type's name, the stack trace
 * and the causes, and no message.
 */
final class HiddenMessage extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CAUSES = 10; // A chain may also be a circle.

  private HiddenMessage(Throwable original, @Nullable Throwable cause) {
    super(original.getClass().getName() + " (message hidden)", cause, false, true);
    setStackTrace(original.getStackTrace());
  }

  static HiddenMessage of(Throwable original) {
    return of(original, MOST_CAUSES);
  }

  private static HiddenMessage of(Throwable original, int causesLeft) {
    Throwable cause = causesLeft == 0 ? null : original.getCause();
    return new HiddenMessage(original, cause == null ? null : of(cause, causesLeft - 1));
  }
}
