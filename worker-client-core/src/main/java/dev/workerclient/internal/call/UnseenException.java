package dev.workerclient.internal.call;

/** Stands for a failure where resilience4j wants an exception and nobody looks at it. */
final class UnseenException extends Exception {
  private static final long serialVersionUID = 1L;

  UnseenException() {
    super("not shown", null, false, false);
  }
}
