package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * The response lacks the expected header: the binding proxy's outcome header, or the header that
 * {@code stampedBy} declares for a custom domain. So it may not come from the target.
 */
public final class UnprovenResponseException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public UnprovenResponseException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}
