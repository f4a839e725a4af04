package dev.workerclient.internal.route;

/** A credential can't be sent. The message says why and quotes nothing of it. */
public final class CredentialException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  CredentialException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** Why, in one line. */
  public String reason() {
    return reason;
  }
}
