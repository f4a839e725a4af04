package dev.workerclient.internal.rpc;

/**
 * What was received is not Cap'n Web, is over a limit, or is not data. The message is for people.
 */
public final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Makes the exception; the message quotes nothing of what was received. */
  public ProtocolException(String message) {
    super(message);
  }
}
