package dev.workerclient.internal.route;

import org.jspecify.annotations.Nullable;

/** A credential can't be sent. The message says why; neither it nor the cause quotes the secret. */
public final class CredentialException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /** The supplier returned a value that is not fit for a header. */
  CredentialException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** The supplier threw. */
  CredentialException(String label, Exception thrown) {
    super(null, HiddenMessage.of(thrown));
    this.reason = label + " can't be read: its supplier threw " + thrown.getClass().getName();
  }

  /** Why, in one line. */
  public String reason() {
    return reason;
  }

  /** What the supplier threw, without its message; null if it returned a value. */
  public @Nullable Throwable thrown() {
    return getCause();
  }

  @Override
  public String getMessage() {
    return reason;
  }

  /**
   * Stands for an exception whose message may quote a secret: it has the type's name, the stack
   * trace and the causes, and no message.
   */
  private static final class HiddenMessage extends Exception {
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
}
