package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/**
 * The application's own code failed within a call: what {@code WorkerService.guard} ran, an
 * interceptor, a body's supplier or a credential's. The cause is kept; that of a credential's
 * supplier as its type and stack trace alone, since its message may quote the secret.
 */
public final class WorkerCallException extends WorkerException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception of that error; the cause may be null. */
  public WorkerCallException(ServiceError serviceError, @Nullable Throwable cause) {
    super(serviceError, cause);
  }
}
