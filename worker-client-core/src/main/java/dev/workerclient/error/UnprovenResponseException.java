package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * A response came without the mark that was due (the binding proxy's outcome header, or the stamp
 * that a custom domain was declared to send), so it is not known to be the target's.
 */
public final class UnprovenResponseException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public UnprovenResponseException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}
