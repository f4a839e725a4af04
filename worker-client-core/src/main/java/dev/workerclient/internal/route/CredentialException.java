package dev.workerclient.internal.route;

/** A credential can't be sent. The message says why and quotes nothing of it. */
public final class CredentialException extends Exception {
  private static final long serialVersionUID = 1L;

  CredentialException(String message) {
    super(message);
  }
}
