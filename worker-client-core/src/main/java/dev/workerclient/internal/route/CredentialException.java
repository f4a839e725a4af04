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
}
